package org.laudable.llm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.Refused;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.project.OracleSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/** A project's prompt versions: write, look at, try, compare, choose. For managers. */
@ApplicationScoped
public class PromptService {
    private static final int LONGEST = 20_000;
    private static final int NEWEST_TRIALS = 60;
    private static final int PREVIEWED = 3;

    private final PromptRepository prompts;
    private final Prompts words;
    private final ClassifyTasks tasks;
    private final Estimates estimates;
    private final ProjectAccess access;
    private final ProjectService projects;
    private final JobService jobs;
    private final AuditLog log;

    PromptService(PromptRepository prompts, Prompts words, ClassifyTasks tasks, Estimates estimates, ProjectAccess access,
            ProjectService projects, JobService jobs, AuditLog log) {
        this.prompts = prompts;
        this.words = words;
        this.tasks = tasks;
        this.estimates = estimates;
        this.access = access;
        this.projects = projects;
        this.jobs = jobs;
        this.log = log;
    }

    /**
     * An answer of a trial.
     *
     * @param said    a class; empty: none
     * @param absence why not
     * @param truth   people's label, where they have given one
     */
    public record TrialAnswer(String text, Optional<String> said, Optional<Float> confidence, Optional<String> absence, Optional<String> truth) {}

    /** What would be sent: the instructions, and the texts as data apart from them. */
    public record Preview(String system, String user) {}

    /** The project's own, newest first, then the built-in ones. */
    @Transactional
    public List<PromptVersion> versions(long projectId) {
        access.require(projectId, Role.MANAGER);
        return prompts.versions(projectId);
    }

    /** Saves a new version; the same words as an earlier one give that one back. */
    @Transactional
    public PromptVersion save(long projectId, String template) {
        User user = access.require(projectId, Role.MANAGER);
        check(template);
        Optional<PromptVersion> same = prompts.versions(projectId).stream().filter(it -> it.template().equals(template)).findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        long id = prompts.insert(projectId, template, user.id());
        log.record("prompt.saved", "prompt:" + id, projectId, Map.of("characters", template.length()));
        return prompts.versions(projectId).stream().filter(it -> it.id() == id).findFirst().orElseThrow();
    }

    /** What a template comes to with the project's classes, guidelines and first texts. */
    @Transactional
    public Preview preview(long projectId, String template) {
        access.require(projectId, Role.MANAGER);
        check(template);
        Project project = projects.find(projectId);
        List<TextToClassify> items = prompts.someItems(projectId, PREVIEWED);
        return tasks.preview(tasks.of(project, 0, OptionalLong.empty(), "prompt-trial"), words.draft(template), items);
    }

    /** The version a project's runs ask with; null: the newest built-in one. */
    @Transactional
    public void choose(long projectId, Long versionId) {
        access.require(projectId, Role.MANAGER);
        if (versionId != null && prompts.versions(projectId).stream().noneMatch(it -> it.id() == versionId)) {
            throw new Refused("This version is not one of the project's.");
        }
        Project project = projects.find(projectId);
        OracleSettings oracle = project.loop().oracle();
        projects.update(project.withLoop(project.loop().withOracle(oracle.withPrompt(versionId))));
        log.record("prompt.chosen", "prompt:" + (versionId == null ? "built-in" : versionId), projectId, Map.of());
    }

    /** What a trial would cost. */
    @Transactional
    public Estimate estimate(long projectId, long versionId, long modelId, PromptTrial.Scope scope) {
        access.require(projectId, Role.MANAGER);
        List<TextToClassify> items = items(projectId, scope);
        Classification task = tasks.of(projects.find(projectId), modelId, OptionalLong.of(versionId), "prompt-trial");
        return estimates.of(task, items.subList(0, Math.min(items.size(), Estimates.SAMPLE)), Demonstration.Source.NONE, items.size());
    }

    /** Starts a trial in the background; one at a time in a project. */
    @Transactional
    public long tryOut(long projectId, long versionId, long modelId, PromptTrial.Scope scope) {
        User user = access.require(projectId, Role.MANAGER);
        items(projectId, scope);
        if (prompts.versions(projectId).stream().noneMatch(it -> it.id() == versionId)) {
            throw new Refused("This version is not one of the project's.");
        }
        if (prompts.unfinished(projectId).isPresent()) {
            throw new Refused("Another version is being tried. Wait until it is done, so that each one's cost is its own.");
        }
        long id = prompts.insertTrial(projectId, versionId, modelId, scope, user.id());
        jobs.submit(PromptTrialJob.KIND, projectId, JsonNodeFactory.instance.objectNode().put("trial", id), user.id(), JobPriority.INTERACTIVE);
        return id;
    }

    private List<TextToClassify> items(long projectId, PromptTrial.Scope scope) {
        List<TextToClassify> items = scope == PromptTrial.Scope.AUDIT ? prompts.auditItems(projectId) : prompts.someItems(projectId, 20);
        if (items.isEmpty()) {
            throw new Refused(scope == PromptTrial.Scope.AUDIT ? "People have not labeled any item of this half of the audit sample yet."
                    : "There are no texts yet. Import a file first.");
        }
        return items;
    }

    /** Newest first. */
    @Transactional
    public List<PromptTrial> trials(long projectId) {
        access.require(projectId, Role.MANAGER);
        return prompts.trials(projectId, NEWEST_TRIALS);
    }

    /** A trial's answers, wrong ones first. */
    @Transactional
    public List<TrialAnswer> answers(long projectId, long trialId) {
        access.require(projectId, Role.MANAGER);
        if (prompts.order(trialId).filter(order -> order.projectId() == projectId).isEmpty()) {
            throw new Refused("This trial does not exist any more.");
        }
        return prompts.answers(trialId);
    }

    private static void check(String template) {
        if (!template.contains("{{classes}}")) {
            throw new Refused("The prompt must say where the classes go: {{classes}}.");
        }
        if (template.length() > LONGEST) {
            throw new Refused("The prompt is longer than 20,000 characters. Shorten it.");
        }
    }
}
