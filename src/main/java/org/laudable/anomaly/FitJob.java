package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.engine.series.TrainingCancelled;
import org.laudable.engine.series.TrainingStep;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.Run;
import org.laudable.loop.RunState;
import org.laudable.loop.RunWatch;
import org.laudable.loop.Runs;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/**
 * Fits a project's series one after the other, those too that are added later, and cuts flagged stretches anew when the
 * operating point has changed. Each series is saved when it is done; a killed job goes on with the next.
 */
@ApplicationScoped
class FitJob implements JobHandler {
    static final String KIND = "anomaly.fit";
    private static final int STEPS = 100;

    private final Runs runs;
    private final SeriesStore store;
    private final ModelRepository models;
    private final SeriesWork work;
    private final RunWatch watch;
    private final ProjectEvents events;

    FitJob(Runs runs, SeriesStore store, ModelRepository models, SeriesWork work, RunWatch watch, ProjectEvents events) {
        this.runs = runs;
        this.store = store;
        this.models = models;
        this.work = work;
        this.watch = watch;
        this.events = events;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Series that this job has something to do for. */
    record Due(List<SeriesInfo> unfitted, List<FittedSeries> uncut) {
        boolean any() {
            return !unfitted.isEmpty() || !uncut.isEmpty();
        }
    }

    Due due(Run run) {
        Map<Long, FittedSeries> there = models.ofProject(run.projectId()).stream().filter(m -> m.runId() == run.id())
                .collect(Collectors.toMap(FittedSeries::seriesId, Function.identity()));
        double missCost = store.settings(run.projectId()).missCost();
        boolean fits = run.state().active();
        return new Due(fits ? store.ofProject(run.projectId()).stream().filter(s -> !there.containsKey(s.id())).toList() : List.of(),
                there.values().stream().filter(m -> m.fitted() && m.missCost() != missCost).toList());
    }

    @Override
    public void run(JobContext job) {
        long runId = job.payload().path("run").asLong();
        try {
            while (!job.cancelled()) {
                Optional<Run> run = runs.find(runId).filter(r -> r.state() != RunState.PAUSED && r.state() != RunState.FAILED);
                Due due = run.map(this::due).orElse(new Due(List.of(), List.of()));
                if (!due.any()) {
                    break;
                }
                one(run.get(), due, job);
                events.publish(run.get().projectId(), ProjectEvents.Kind.RUN);
                watch.wake(run.get().projectId());
            }
        } catch (TrainingCancelled e) {
            job.cancelled(); // asked to stop: what was done stays
        }
    }

    @Override
    public void givenUp(JobContext job, String why) {
        watch.fail(job.payload().path("run").asLong(), why);
    }

    private void one(Run run, Due due, JobContext job) {
        if (!due.uncut().isEmpty()) {
            work.cut(run, due.uncut().getFirst(), () -> unwanted(run, job));
            return;
        }
        SeriesInfo next = due.unfitted().getFirst();
        long all = store.ofProject(run.projectId()).size();
        long before = (all - due.unfitted().size()) * STEPS;
        work.fit(run, next, () -> unwanted(run, job), step -> job.progress(before + share(step), all * STEPS, next.name()));
        job.progress(before + STEPS, all * STEPS, next.name());
    }

    /** How far a fit is, in hundredths: the VAE takes most of it. */
    private static long share(TrainingStep step) {
        double part = step.steps() == 0 ? 0 : (double) step.step() / step.steps();
        return Math.round(step.phase().equals("vae") ? 60 * part : 60 + 35 * part);
    }

    private boolean unwanted(Run run, JobContext job) {
        return job.cancelled() || runs.find(run.id()).map(r -> r.state() == RunState.PAUSED || r.state() == RunState.STOPPED
                || r.state() == RunState.FAILED).orElse(true);
    }
}
