package org.laudable.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.laudable.observability.Traces;

/**
 * Background work: submit it, follow it, cancel it, try it again. What a caller's transaction submits starts only if
 * that transaction commits. For services and background work; checks no access: a job belongs to a project's feature.
 */
@ApplicationScoped
public class JobService {
    private final JobRepository jobs;
    private final JobScheduler scheduler;
    private final Event<JobSubmitted> submitted;
    private final Traces traces;

    JobService(JobRepository jobs, JobScheduler scheduler, Event<JobSubmitted> submitted, Traces traces) {
        this.jobs = jobs;
        this.scheduler = scheduler;
        this.submitted = submitted;
        this.traces = traces;
    }

    /** Puts a job in line and returns its id. */
    @Transactional
    public long submit(String kind, Long projectId, JsonNode payload, Long submittedBy, JobPriority priority) {
        JobRepository.Placed placed = jobs.insert(kind, projectId, payload, submittedBy, priority, traces.current().orElse(null));
        schedule(placed, priority);
        return placed.id();
    }

    /** Puts a job in line unless the project has an unfinished one of the kind, whichever process asked for that. */
    @Transactional
    public void submitOnce(String kind, long projectId, JsonNode payload, Long submittedBy, JobPriority priority) {
        if (!jobs.isInLine(kind, projectId)) {
            submit(kind, projectId, payload, submittedBy, priority);
        }
    }

    private void schedule(JobRepository.Placed placed, JobPriority priority) {
        scheduler.schedule(placed.id(), priority.rank(placed.turn()));
        submitted.fire(new JobSubmitted(placed.id()));
    }

    public Optional<Job> find(long id) {
        return jobs.find(id);
    }

    /** Newest first. */
    public List<Job> ofProject(long projectId, int limit) {
        return jobs.ofProject(projectId, limit);
    }

    /** Newest first, of all projects. */
    public List<Job> newest(int limit) {
        return jobs.newest(limit);
    }

    /** Asks a job to stop; it ends as CANCELLED at its next safe point. */
    public void cancel(long id) {
        jobs.requestCancel(id);
    }

    /** Puts a failed or cancelled job back in line. */
    @Transactional
    public void retry(long id) {
        if (jobs.reopen(id)) {
            schedule(jobs.place(id), jobs.priority(id));
        }
    }
}
