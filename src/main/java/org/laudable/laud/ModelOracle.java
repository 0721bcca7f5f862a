package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.Refused;
import org.laudable.llm.ClassOption;
import org.laudable.llm.Classification;
import org.laudable.llm.Demonstration;
import org.laudable.llm.ItemAnswer;
import org.laudable.llm.PromptVersions;
import org.laudable.llm.TextClassifier;
import org.laudable.llm.TextToClassify;
import org.laudable.llm.UsableModels;
import org.laudable.loop.Note;
import org.laudable.project.Guideline;
import org.laudable.project.OracleSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectDirectory;

/** Asks a run's language model about claimed items and keeps each answer as soon as its call has ended. */
@ApplicationScoped
class ModelOracle {
    private final TextClassifier classifier;
    private final ModelAnswers answers;
    private final ProjectDirectory projects;
    private final UsableModels models;
    private final PromptVersions prompts;

    ModelOracle(TextClassifier classifier, ModelAnswers answers, ProjectDirectory projects, UsableModels models, PromptVersions prompts) {
        this.classifier = classifier;
        this.answers = answers;
        this.projects = projects;
        this.models = models;
        this.prompts = prompts;
    }

    /**
     * What came of a wave.
     *
     * @param blocked why it makes no sense to go on; empty if it does
     */
    record Wave(int answered, int absent, Optional<Note> blocked) {}

    /** Asks about all of them and waits. Call it outside of a transaction. */
    Wave ask(RunRow run, List<ModelAnswer> open) {
        List<TextToClassify> texts = open.stream().map(it -> new TextToClassify(it.itemId(), it.text())).toList();
        List<ItemAnswer> said = classifier.classify(task(run), texts, Demonstration.Source.NONE,
                some -> some.forEach(it -> answers.answered(run.id(), (ItemAnswer.Labeled) it)));
        int answered = 0;
        Optional<Note> blocked = Optional.empty();
        for (ItemAnswer answer : said) {
            if (answer instanceof ItemAnswer.Missing missing) {
                boolean blocks = missing.reason().blocks();
                answers.absent(run.id(), missing, blocks);
                blocked = blocks ? Optional.of(Note.of("run.note.blocked." + missing.reason(), missing.sentence())) : blocked;
            } else {
                answered++;
            }
        }
        return new Wave(answered, said.size() - answered, blocked);
    }

    /** How many items are asked about together. */
    int waveSize(RunRow run) {
        OracleSettings oracle = run.settings().oracle();
        return oracle.batch() * models.concurrency(modelId(run));
    }

    long modelId(RunRow run) {
        Long id = run.settings().oracle().modelId();
        if (id == null) {
            throw new Refused("The run has no language model. Choose one under Settings and start a new run.");
        }
        return id;
    }

    /** The version of the words this run asks with. */
    long promptVersion(RunRow run) {
        Long chosen = run.settings().oracle().promptVersionId();
        return chosen == null ? prompts.newestBuiltIn() : chosen;
    }

    /** As shown beside its suggestions. */
    String name(RunRow run) {
        return models.find(modelId(run)).map(UsableModels.UsableModel::name).orElse("LLM");
    }

    private Classification task(RunRow run) {
        Project project = projects.get(run.projectId());
        List<ClassOption> classes = Schema.of(projects.classes(run.projectId())).classes().stream()
                .map(c -> new ClassOption(c.id(), c.name(), c.description())).toList();
        return new Classification(modelId(run), OptionalLong.of(project.id()), project.description(), classes,
                projects.guideline(project.id()).map(Guideline::markdown).orElse(""), run.settings().oracle().batch(),
                OptionalLong.of(promptVersion(run)), OptionalLong.of(run.id()), "classify");
    }
}
