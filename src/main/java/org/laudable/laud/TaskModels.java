package org.laudable.laud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.llm.Estimate;
import org.laudable.llm.Estimates;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/** Other task models beside the loop's own, compared with it on the audit sample of the same round. */
@ApplicationScoped
public class TaskModels {
    private final RunRepository runs;
    private final TaskModelRepository trials;
    private final TaskModelWork work;
    private final Estimates estimates;
    private final ProjectAccess access;
    private final JobService jobs;
    private final AuditLog log;

    TaskModels(RunRepository runs, TaskModelRepository trials, TaskModelWork work, Estimates estimates, ProjectAccess access, JobService jobs,
            AuditLog log) {
        this.runs = runs;
        this.trials = trials;
        this.work = work;
        this.estimates = estimates;
        this.access = access;
        this.jobs = jobs;
        this.log = log;
    }

    /** Of the project's newest run, newest round first. For reviewers and managers. */
    @Transactional
    public List<TaskModelTrial> of(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return runs.current(projectId).map(run -> trials.of(run.id())).orElse(List.of());
    }

    /** What a comparison would cost. For managers. */
    public Estimate estimate(long projectId, TaskModelTrial.Kind kind, long modelId) {
        access.require(projectId, Role.MANAGER);
        TaskModelWork.Prepared prepared = work.prepare(run(projectId), kind, modelId);
        return estimates.of(prepared.task(), prepared.texts().subList(0, Math.min(Estimates.SAMPLE, prepared.texts().size())),
                prepared.examples(), prepared.texts().size());
    }

    /** Compares in the background, on the newest round; one at a time. For managers. */
    @Transactional
    public long compare(long projectId, TaskModelTrial.Kind kind, long modelId) {
        User user = access.require(projectId, Role.MANAGER);
        RunRow run = run(projectId);
        if (trials.unfinished(run.id())) {
            throw new Refused("Another task model is being compared. Wait until it is done, so that each one's cost is its own.");
        }
        long id = trials.insert(run, run.roundNumber() - 1, kind, modelId);
        jobs.submit(TaskModelJob.KIND, projectId, JsonNodeFactory.instance.objectNode().put("trial", id), user.id(), JobPriority.NORMAL);
        log.record("task-model.compared", "run:" + run.id(), projectId, Map.of("kind", kind.name(), "model", modelId));
        return id;
    }

    private RunRow run(long projectId) {
        RunRow run = runs.current(projectId).orElseThrow(() -> new Refused("The project has no run yet."));
        if (run.roundNumber() < 1) {
            throw new Refused("There is no model to compare with yet. Wait for the first round.");
        }
        return run;
    }
}
