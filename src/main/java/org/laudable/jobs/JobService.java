package org.laudable.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * Background work: submit it, follow it, cancel it, try it again. What a caller's transaction submits starts only if
 * that transaction commits. For services and background work; checks no access: a job belongs to a project's feature.
 */
@ApplicationScoped
public class JobService {
    private final JobRepository jobs;
    private final JobScheduler scheduler;

    JobService(JobRepository jobs, JobScheduler scheduler) {
        this.jobs = jobs;
        this.scheduler = scheduler;
    }

    /** Puts a job in line and returns its id. */
    @Transactional
    public long submit(String kind, Long projectId, JsonNode payload, Long submittedBy, JobPriority priority) {
        long id = jobs.insert(kind, projectId, payload, submittedBy);
        scheduler.schedule(id, kind, priority);
        return id;
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
        Job job = jobs.find(id).orElseThrow();
        if (jobs.reopen(id)) {
            scheduler.schedule(id, job.kind(), JobPriority.NORMAL);
        }
    }
}
