package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.laudable.loop.EnglishNotes;
import org.laudable.loop.RunPort;
import org.laudable.loop.RunStatus;
import org.laudable.project.ProjectKind;

/** The text loop's runs for programs. */
@ApplicationScoped
class TextRunPort implements RunPort {
    private final RunService runs;

    TextRunPort(RunService runs) {
        this.runs = runs;
    }

    @Override
    public ProjectKind kind() {
        return ProjectKind.TEXT;
    }

    @Override
    public long start(long projectId) {
        return runs.start(projectId);
    }

    @Override
    public void finish(long projectId) {
        runs.finish(projectId);
    }

    @Override
    public Optional<RunStatus> status(long projectId) {
        return runs.current(projectId).map(run -> new RunStatus(run.id(), run.state(), run.leftState(), run.stateSince(), run.startedBy(),
                run.createdAt(), run.finishedAt(), run.stopRule(), EnglishNotes.sentence(run.error()), run.round(), run.batch().answered(), run.batch().wanted(),
                run.newest().filter(round -> round.accuracy() != null).map(round -> new RunStatus.Quality("accuracy", round.accuracy().value(),
                        round.accuracy().low(), round.accuracy().high(), round.reported())).orElse(null), run.budget().settledMicros()));
    }
}
