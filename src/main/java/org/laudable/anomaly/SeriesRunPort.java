package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.laudable.loop.EnglishNotes;
import org.laudable.loop.Figure;
import org.laudable.loop.RunPort;
import org.laudable.loop.RunStatus;
import org.laudable.project.ProjectKind;

/** The series loop's runs for programs. */
@ApplicationScoped
class SeriesRunPort implements RunPort {
    private final DetectionService runs;

    SeriesRunPort(DetectionService runs) {
        this.runs = runs;
    }

    @Override
    public ProjectKind kind() {
        return ProjectKind.SERIES;
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
                quality(run.quality()), run.budget().settledMicros()));
    }

    private static RunStatus.Quality quality(DetectionView.Quality quality) {
        Figure agreement = quality == null ? null : quality.agreement();
        return agreement == null ? null
                : new RunStatus.Quality("agreement", agreement.value(), agreement.low(), agreement.high(), quality.measured());
    }
}
