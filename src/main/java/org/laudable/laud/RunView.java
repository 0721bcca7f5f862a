package org.laudable.laud;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.budget.BudgetSummary;
import org.laudable.loop.Figure;
import org.laudable.loop.Note;
import org.laudable.loop.RunState;

/**
 * A run as its page shows it, read at one moment.
 *
 * @param leftState  where a paused or failed run goes on; null otherwise
 * @param stopRule   budget, target, stable, gain, person or exhausted; null while none fired
 * @param error      why it failed, or paused by itself; null otherwise
 * @param settings   the project's loop settings as they were at the start
 * @param round      the round now collecting answers
 * @param rounds     with a model, in order; 0 is the zero-shot start. Figures rest on all audit answers known now
 * @param classes    per class, by the newest model
 * @param confusions the worst ten pairs of the newest model
 * @param next       what the model asks about next; never a question of the audit sample
 */
public record RunView(long id, RunState state, RunState leftState, Instant stateSince, String startedBy, Instant createdAt,
        Instant finishedAt, String stopRule, Note stopReason, Note error, Settings settings, int round, Embedding embedding,
        Batch batch, Audit audit, Optional<Certificate> certificate, BudgetSummary budget, List<Round> rounds, List<ClassQuality> classes,
        List<Confusion> confusions, List<Question> next, Optional<Oracle> oracle) {

    /** @param target accuracy to be proved; null if the rule is off */
    public record Settings(String strategy, String startMode, int batchSize, Double target, double precision) {}

    /** @param complete whether all items have a vector */
    public record Embedding(long done, long total, boolean complete, Optional<Duration> timeLeft) {}

    /** @param timeLeft until the next training, at the pace of the last minutes */
    public record Batch(int answered, int wanted, Optional<Duration> timeLeft) {}

    /** @param reporting answers in the half that all figures rest on */
    public record Audit(int answered, int size, int reporting) {}

    /**
     * The proof of the model's own labels.
     *
     * @param precision   to be proved
     * @param accepted    items that get the model's label
     * @param labelled    items that have it by now
     * @param checked     checked items of the current sample
     * @param lowerBound  what the last finished sample proved; null before
     * @param outcome     null while open: certified, nothing-to-accept, not-proved, no-budget
     * @param moreAnswers how many more answers would do; null if unknown
     */
    public record Certificate(double precision, int attempt, long accepted, long labelled, int checked, int size, int right, Double lowerBound,
            String outcome, Integer moreAnswers) {}

    /**
     * A round that has a model.
     *
     * @param labels   training labels it saw
     * @param reported audit answers behind the figures; with none of them they are null
     */
    public record Round(int number, int labels, int auditLabels, int reported, Figure accuracy, Figure macroF1, long costMicros,
            Duration sinceStart, long trainMillis, Instant trainedAt) {}

    /**
     * A class by the newest model.
     *
     * @param labels    training labels
     * @param support   audit answers of the class
     * @param precision null if the model says the class of no audit item
     * @param recall    null if no audit item is of the class
     */
    public record ClassQuality(long id, String name, int labels, int support, int predicted, Double precision, Double recall, Double f1) {

        /** Whether people have met the class at all. */
        public boolean found() {
            return labels > 0 || support > 0;
        }
    }

    public record Confusion(String trueClass, String predictedClass, int count) {}

    /** @param suggestion the class the model would say; null if none */
    public record Question(String text, String reason, String suggestion, Float confidence) {}

    /**
     * A run's language model.
     *
     * @param oracle           people (it only starts), llm or hybrid
     * @param startItems       texts asked about for the zero-shot start
     * @param decisions        TAKEN, UNSURE, DISAGREES, NO_CONFIDENCE, ABSENT, OPEN → how many
     * @param waitingForPeople answers that are no label until a person has verified them
     * @param error            how often it is wrong, from the random share that people checked; null: not known
     * @param takenError       the same of answers taken without verification
     */
    public record Oracle(String oracle, String model, int startItems, Map<String, Long> decisions, List<Absent> absent, int waitingForPeople,
            long settledMicros, long reservedMicros, OptionalLong capMicros, long calls, Figure error, Figure takenError,
            List<OracleClass> classes) {

        Oracle withMoney(long settled, long reserved, OptionalLong cap, long callsMade) {
            return new Oracle(oracle, model, startItems, decisions, absent, waitingForPeople, settled, reserved, cap, callsMade, error, takenError, classes);
        }

        Oracle withErrors(Figure all, Figure taken, List<OracleClass> rows) {
            return new Oracle(oracle, model, startItems, decisions, absent, waitingForPeople, settledMicros, reservedMicros, capMicros, calls, all, taken, rows);
        }
    }

    /** @param again how many will be asked again by themselves */
    public record Absent(String reason, int count, String sentence, int again) {}

    /** By the class the language model said. */
    public record OracleClass(String name, int said, int taken, int checked, int wrong, Figure error) {}

    /** The newest round with a model, if there is one. */
    public Optional<Round> newest() {
        return rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.getLast());
    }
}
