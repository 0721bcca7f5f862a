package org.laudable.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.project.Guideline;
import org.laudable.project.LabelClass;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;

/**
 * What a language model drafts for people to correct: descriptions of classes from examples, guidelines from
 * disagreements. One call each, through the one call path; nothing is saved here. For managers. Blocks while it waits.
 * What is drafted steers the models later, so the audit sample is never shown.
 */
@ApplicationScoped
public class Drafts {
    private static final int LONGEST_TEXT = 400;
    private static final int OUTPUT_PER_CLASS = 80;
    private static final int OUTPUT_GUIDELINE = 1_200;

    private final ChatCalls chats;
    private final Prompts prompts;
    private final Estimates estimates;
    private final DraftExamples examples;
    private final ProjectService projects;
    private final ProjectAccess access;
    private final ObjectMapper json;

    Drafts(ChatCalls chats, Prompts prompts, Estimates estimates, DraftExamples examples, ProjectService projects, ProjectAccess access, ObjectMapper json) {
        this.chats = chats;
        this.prompts = prompts;
        this.estimates = estimates;
        this.examples = examples;
        this.projects = projects;
        this.access = access;
        this.json = json;
    }

    /** What is drafted. */
    public enum Kind {
        DESCRIPTIONS,
        GUIDELINE
    }

    /** @param before the description the class has now */
    public record ClassDraft(long classId, String name, String before, String description) {}

    /**
     * @param markdown to be added to the guidelines
     * @param cases    disagreements it was drafted from
     */
    public record GuidelineDraft(String markdown, int cases) {}

    /**
     * What a draft will take; asks nobody.
     *
     * @throws Refused if there is nothing to draft from yet
     */
    public Estimate estimate(long projectId, long modelId, Kind kind) {
        ChatQuestion question = question(projectId, modelId, kind);
        return estimates.of(List.of(question), 1, kind == Kind.GUIDELINE ? OUTPUT_GUIDELINE / 2 : question.maxOutputTokens() / 2);
    }

    /**
     * A description for each class that people have given examples of.
     *
     * @throws Refused with why there is no answer
     */
    public List<ClassDraft> descriptions(long projectId, long modelId) {
        JsonNode said = ask(question(projectId, modelId, Kind.DESCRIPTIONS));
        Map<String, LabelClass> classes = projects.classes(projectId).stream().filter(c -> !c.retired())
                .collect(Collectors.toMap(LabelClass::name, c -> c, (a, b) -> a, LinkedHashMap::new));
        List<ClassDraft> drafts = new ArrayList<>();
        for (JsonNode one : said.path("classes")) {
            LabelClass about = classes.remove(one.path("name").asText());
            String description = one.path("description").asText().strip();
            if (about != null && !description.isEmpty()) {
                drafts.add(new ClassDraft(about.id(), about.name(), about.description(), description));
            }
        }
        return drafts;
    }

    /**
     * Rules for what people, or people and a model, have called differently.
     *
     * @throws Refused with why there is no answer
     */
    public GuidelineDraft guideline(long projectId, long modelId) {
        ChatQuestion question = question(projectId, modelId, Kind.GUIDELINE);
        return new GuidelineDraft(ask(question).path("guideline").asText().strip(), question.items());
    }

    private JsonNode ask(ChatQuestion question) {
        return switch (chats.ask(question)) {
            case ChatReply.Answer answer -> answer.json();
            case ChatReply.Absent absent -> throw new Refused(absent.sentence());
        };
    }

    private ChatQuestion question(long projectId, long modelId, Kind kind) {
        access.require(projectId, Role.MANAGER);
        Project project = projects.find(projectId);
        List<LabelClass> classes = projects.classes(projectId).stream().filter(c -> !c.retired()).toList();
        return kind == Kind.DESCRIPTIONS ? describe(project, modelId, classes) : guideline(project, modelId, classes);
    }

    private ChatQuestion describe(Project project, long modelId, List<LabelClass> classes) {
        Map<Long, List<String>> shown = examples.byClass(project.id());
        ObjectNode user = json.createObjectNode();
        ArrayNode list = user.putArray("classes");
        List<String> names = new ArrayList<>();
        for (LabelClass one : classes) {
            List<String> texts = shown.getOrDefault(one.id(), List.of());
            if (!texts.isEmpty()) {
                names.add(one.name());
                ObjectNode node = list.addObject().put("name", one.name()).put("description", one.description());
                texts.forEach(text -> node.withArray("examples").add(cut(text)));
            }
        }
        if (names.isEmpty()) {
            throw new Refused("People have not labeled any text outside of the audit sample yet. Descriptions are drafted from their labels.");
        }
        JsonSchema schema = JsonSchema.builder().name("descriptions").rootElement(JsonObjectSchema.builder()
                .addProperty("classes", JsonArraySchema.builder().items(JsonObjectSchema.builder()
                        .addProperty("name", JsonEnumSchema.builder().enumValues(names).build())
                        .addProperty("description", JsonStringSchema.builder().build())
                        .required("name", "description").additionalProperties(false).build()).build())
                .required("classes").additionalProperties(false).build()).build();
        return question(project, modelId, "describe", Map.of("domain", project.description()), user, schema, names.size(), OUTPUT_PER_CLASS * names.size());
    }

    private ChatQuestion guideline(Project project, long modelId, List<LabelClass> classes) {
        List<DraftExamples.Disagreement> cases = examples.disagreements(project.id());
        if (cases.isEmpty()) {
            throw new Refused("Nobody has disagreed yet outside of the audit sample: neither two people, nor people and a model.");
        }
        ObjectNode user = json.createObjectNode();
        ArrayNode list = user.putArray("disagreements");
        for (DraftExamples.Disagreement one : cases) {
            ObjectNode node = list.addObject().put("text", cut(one.text()));
            one.calledIt().forEach(node.withArray("called")::add);
        }
        JsonSchema schema = JsonSchema.builder().name("guideline").rootElement(JsonObjectSchema.builder()
                .addProperty("guideline", JsonStringSchema.builder().build()).required("guideline").additionalProperties(false).build()).build();
        Map<String, String> words = Map.of("domain", project.description(),
                "classes", classes.stream().map(c -> "- " + c.name() + ": " + c.description()).collect(Collectors.joining("\n")),
                "guideline", projects.guideline(project.id()).map(Guideline::markdown).orElse("(none)"));
        return question(project, modelId, "guideline", words, user, schema, cases.size(), OUTPUT_GUIDELINE);
    }

    private ChatQuestion question(Project project, long modelId, String purpose, Map<String, String> words, ObjectNode user, JsonSchema schema, int items,
            int output) {
        Prompts.PromptVersion prompt = prompts.builtIn(purpose);
        return new ChatQuestion(modelId, OptionalLong.of(project.id()), purpose, OptionalLong.of(prompt.id()), prompt.with(words), user.toString(), schema,
                items, output, false, true);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
