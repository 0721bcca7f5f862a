package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.labeling.ItemResolved;
import org.laudable.labeling.WeighedLabels;
import org.laudable.live.ProjectEvents;
import org.laudable.project.Aggregation;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectDirectory;
import org.laudable.security.AuditLog;

/** Weighs a project's answers anew and writes the labels that come of it, piece by piece; done again it changes nothing. */
@ApplicationScoped
class WeighingJob implements JobHandler {
    static final String KIND = "review.weigh";
    private static final Logger LOG = Logger.getLogger(WeighingJob.class);
    private static final int PIECE = 1_000;

    private final ProjectDirectory projects;
    private final WeighingRepository answers;
    private final WeighedLabels labels;
    private final AuditLog audit;
    private final ProjectEvents events;
    private final Event<ItemResolved> resolved;

    WeighingJob(ProjectDirectory projects, WeighingRepository answers, WeighedLabels labels, AuditLog audit, ProjectEvents events,
            Event<ItemResolved> resolved) {
        this.projects = projects;
        this.answers = answers;
        this.labels = labels;
        this.audit = audit;
        this.events = events;
        this.resolved = resolved;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) {
        weigh(job.projectId());
    }

    /** @return how many labels became others */
    int weigh(long projectId) {
        Aggregation way = projects.get(projectId).labeling().aggregation();
        long until = answers.newestAnswer();
        List<Long> classes = projects.classes(projectId).stream().map(LabelClass::id).toList();
        List<WeighedLabels.Wish> wishes = classes.isEmpty() ? List.of() : new Weighing(classes, answers.said(projectId)).wishes(way);
        int changed = 0;
        List<ItemResolved> news = new ArrayList<>();
        for (int from = 0; from < wishes.size(); from += PIECE) {
            WeighedLabels.Given given = labels.give(projectId, wishes.subList(from, Math.min(from + PIECE, wishes.size())));
            changed += given.changed();
            news.addAll(given.news());
        }
        if (changed > 0) {
            audit.record("labels.weighed", "project:" + projectId, projectId, Map.of("way", way.name(), "weighed", wishes.size(), "changed", changed));
        }
        answers.save(projectId, way, until, wishes.size(), changed);
        tell(projectId, news);
        return changed;
    }

    private void tell(long projectId, List<ItemResolved> news) {
        events.publish(projectId, ProjectEvents.Kind.ANSWERS);
        try {
            news.forEach(resolved::fire);
        } catch (RuntimeException e) { // the labels are committed; who listens looks at the tables later
            LOG.warnf(e, "The news of weighed items of project %d was not taken", projectId);
        }
    }
}
