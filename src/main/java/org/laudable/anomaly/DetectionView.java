package org.laudable.anomaly;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.laudable.budget.BudgetSummary;
import org.laudable.loop.Figure;
import org.laudable.loop.Note;
import org.laudable.loop.RunState;

/**
 * A run over series as its page shows it, read at one moment.
 *
 * @param leftState  where a paused or failed run goes on; null otherwise
 * @param stopRule   budget, person or exhausted; null while none fired
 * @param error      why it failed, a sentence; null otherwise
 * @param round      the round now collecting answers
 * @param rounds     with models, in order; 0 is the start before any answer
 * @param trainings  finished ones, in order
 */
public record DetectionView(long id, RunState state, RunState leftState, Instant stateSince, String startedBy, Instant createdAt,
        Instant finishedAt, String stopRule, Note stopReason, Note error, String preset, String acquisition, int round, Fitting fitting, Batch batch,
        Optional<Live> live, int waitsFor, BudgetSummary budget, Quality quality, List<RoundLine> rounds, List<TrainingRun> trainings) {

    /** @param unfit series in which nothing is searched, and why */
    public record Fitting(int done, int total, Optional<String> now, Optional<Duration> timeLeft, List<NotSearched> unfit) {
        public boolean complete() {
            return done >= total;
        }
    }

    public record NotSearched(long seriesId, String name, Unfit why) {}

    /** @param timeLeft until the next training, at the pace of the last minutes */
    public record Batch(int answered, int wanted, Optional<Duration> timeLeft) {}

    /** The training going on at this moment. */
    public record Live(String series, String phase, int step, int steps, List<TrainingRun.Step> curve) {}

    /**
     * Measured on windows drawn at random, each judged by a model that had not seen its answer.
     *
     * @param measured  windows answered
     * @param agreement of model and people; null while nothing is measured
     * @param flagged   of these windows the model had flagged so many
     * @param precision share of them that people call an anomaly; null if none was flagged
     */
    public record Quality(int measured, Figure agreement, int flagged, Figure precision) {}

    /**
     * A round that has models.
     *
     * @param answers   people's answers it rests on
     * @param anomalies stretches flagged over all series
     * @param learned   series that learned in it
     */
    public record RoundLine(int number, int answers, int anomalies, int learned, Quality quality, long costMicros, Duration sinceStart,
            long trainMillis, Instant trainedAt) {}
}
