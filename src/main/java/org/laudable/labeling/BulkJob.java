package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;

/** Carries a large bulk action, or its undo, through piece by piece; after a kill it goes on with the next piece. */
@ApplicationScoped
class BulkJob implements JobHandler {
    static final String KIND = "labeling.bulk";

    private final BulkRepository actions;
    private final BulkWork work;
    private final ProjectEvents events;

    BulkJob(BulkRepository actions, BulkWork work, ProjectEvents events) {
        this.actions = actions;
        this.work = work;
        this.events = events;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) {
        long id = job.payload().path("actionId").asLong();
        while (!job.cancelled() && work.step(id)) {
            actions.find(id).ifPresent(now -> {
                boolean back = now.state() == BulkAction.State.UNDOING;
                job.progress(back ? now.undone() : now.changed() + now.skipped(), back ? now.changed() : now.found(), "");
                events.publish(now.projectId(), ProjectEvents.Kind.ANSWERS);
            });
        }
        actions.find(id).ifPresent(now -> events.publish(now.projectId(), ProjectEvents.Kind.ANSWERS));
    }
}
