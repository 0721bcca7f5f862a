package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.OptionalLong;
import org.laudable.project.Guideline;
import org.laudable.project.Project;
import org.laudable.project.ProjectDirectory;

/** Makes a project's classes, description and guidelines into what a model is asked with. */
@ApplicationScoped
class ClassifyTasks {
    private final ProjectDirectory projects;
    private final TextClassifier classifier;

    ClassifyTasks(ProjectDirectory projects, TextClassifier classifier) {
        this.projects = projects;
        this.classifier = classifier;
    }

    Classification of(Project project, long modelId, OptionalLong promptVersionId, String purpose) {
        List<ClassOption> classes = projects.classes(project.id()).stream().filter(it -> !it.retired())
                .map(it -> new ClassOption(it.id(), it.name(), it.description())).toList();
        if (classes.size() < 2) {
            throw new org.laudable.Refused("The project needs at least two classes. Add them under Settings.");
        }
        return new Classification(modelId, OptionalLong.of(project.id()), project.description(), classes,
                projects.guideline(project.id()).map(Guideline::markdown).orElse(""), project.loop().oracle().batch(), promptVersionId,
                OptionalLong.empty(), purpose);
    }

    PromptService.Preview preview(Classification task, Prompts.PromptVersion words, List<TextToClassify> items) {
        ChatQuestion question = classifier.question(task, words, items, List.of(), false);
        return new PromptService.Preview(question.system(), question.user());
    }
}
