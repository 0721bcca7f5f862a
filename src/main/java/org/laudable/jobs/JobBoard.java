package org.laudable.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;
import org.laudable.security.AuditLog;
import org.laudable.security.CurrentUser;

/** The work in the background of all projects, for administrators: look, cancel, try again. Checks access. */
@ApplicationScoped
public class JobBoard {
    private final JobService jobs;
    private final CurrentUser currentUser;
    private final AuditLog log;

    JobBoard(JobService jobs, CurrentUser currentUser, AuditLog log) {
        this.jobs = jobs;
        this.currentUser = currentUser;
        this.log = log;
    }

    /** Newest first, of all projects. */
    public List<Job> newest(int limit) {
        currentUser.requireAdmin();
        return jobs.newest(limit);
    }

    /** Asks a job to stop; it ends as CANCELLED at its next safe point. */
    @Transactional
    public void cancel(long id) {
        currentUser.requireAdmin();
        jobs.cancel(id);
        note("job.cancelled", id);
    }

    /** Puts a failed or cancelled job back in line. */
    @Transactional
    public void retry(long id) {
        currentUser.requireAdmin();
        jobs.retry(id);
        note("job.retried", id);
    }

    private void note(String action, long id) {
        Job job = jobs.find(id).orElseThrow(() -> new Refused("This job does not exist any more."));
        log.record(action, "job:" + id, job.projectId(), Map.of("kind", job.kind()));
    }
}
