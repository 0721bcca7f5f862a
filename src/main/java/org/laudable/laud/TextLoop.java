package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.laudable.dataset.ItemsAdded;
import org.laudable.jobs.JobContext;
import org.laudable.loop.Loop;
import org.laudable.loop.Run;
import org.laudable.loop.RunState;
import org.laudable.loop.RunWatch;
import org.laudable.project.ProjectKind;

/** The loop of text projects: embeds beside its steps, keeps the queue filled, and has a {@link RunStep} for each state. */
@ApplicationScoped
class TextLoop implements Loop {
    private final RunRepository runs;
    private final Instance<RunStep> steps;
    private final QueueFill fill;
    private final AuditSample audit;
    private final RunEnd ending;
    private final RunWatch watch;
    private final Sweeps sweeps;

    TextLoop(RunRepository runs, @jakarta.enterprise.inject.Any Instance<RunStep> steps, QueueFill fill, AuditSample audit, RunEnd ending, RunWatch watch,
            Sweeps sweeps) {
        this.runs = runs;
        this.steps = steps;
        this.fill = fill;
        this.audit = audit;
        this.ending = ending;
        this.watch = watch;
        this.sweeps = sweeps;
    }

    @Override
    public ProjectKind kind() {
        return ProjectKind.TEXT;
    }

    void added(@Observes ItemsAdded news) {
        watch.wake(news.projectId());
    }

    @Override
    public void attend(Run any) {
        RunRow run = runs.find(any.id()).orElseThrow();
        if (runs.embeddingDue(run)) {
            sweeps.begin(run, Sweep.Kind.EMBED, null, null, null, null);
        }
        if ((run.state() == RunState.LABELING || run.state() == RunState.TRAINING) && fill.low(run) && !fill.rankingEmpty(run)) {
            QuarkusTransaction.requiringNew().run(() -> fill.fill(run.id())); // at once: nobody waits for a job, or for a training
        }
    }

    @Override
    public boolean due(Run any) {
        return runs.find(any.id()).filter(run -> run.state().active()).map(run -> step(run).due(run)).orElse(false);
    }

    @Override
    public boolean advance(Run any, JobContext job) {
        RunRow run = runs.find(any.id()).orElseThrow();
        return run.state().active() && step(run).run(run, job); // paused or ended since it was looked at
    }

    @Override
    public void clearQueue(Run any) {
        ending.clearQueue(any.projectId());
    }

    @Override
    public void resumed(Run any) {
        audit.ask(runs.find(any.id()).orElseThrow());
        sweeps.resumed(any.id());
    }

    @Override
    public void end(Run any, RunState state) {
        ending.end(runs.find(any.id()).orElseThrow(), state);
    }

    private RunStep step(RunRow run) {
        return steps.stream().filter(step -> step.serves(run.state())).findFirst().orElseThrow();
    }
}
