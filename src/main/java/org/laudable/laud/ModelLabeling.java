package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.laudable.engine.text.VerificationRule;
import org.laudable.jobs.JobContext;
import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.ResolvedItem;
import org.laudable.labeling.Resolutions;
import org.laudable.labeling.TaskQueue;
import org.laudable.laud.ModelAnswer.Decision;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.Note;
import org.laudable.loop.RunState;
import org.laudable.project.LabelClass;
import org.laudable.project.OracleSettings;
import org.laudable.project.ProjectDirectory;

/**
 * LABELING where a language model answers first (ENGINES §1.4, oracles {@code llm} and {@code hybrid}). Works in waves,
 * each claimed in the table before the calls: whatever dies in between is asked again as the same batches. An answer that
 * is not there is never replaced by a guess; what a person must verify has no label until they have.
 */
@ApplicationScoped
class ModelLabeling {
    private final RunRepository runs;
    private final PoolRepository pool;
    private final RoundRepository rounds;
    private final ModelAnswers answers;
    private final ModelOracle oracle;
    private final RankingRepository ranking;
    private final Resolutions resolutions;
    private final TaskQueue queue;
    private final RunBudget budget;
    private final RunEnd ending;
    private final RoundTrainer trainer;
    private final ProjectDirectory projects;
    private final ProjectEvents events;

    ModelLabeling(RunRepository runs, PoolRepository pool, RoundRepository rounds, ModelAnswers answers, ModelOracle oracle,
            RankingRepository ranking, Resolutions resolutions, TaskQueue queue, RunBudget budget, RunEnd ending, RoundTrainer trainer,
            ProjectDirectory projects, ProjectEvents events) {
        this.runs = runs;
        this.pool = pool;
        this.rounds = rounds;
        this.answers = answers;
        this.oracle = oracle;
        this.ranking = ranking;
        this.resolutions = resolutions;
        this.queue = queue;
        this.budget = budget;
        this.ending = ending;
        this.trainer = trainer;
        this.projects = projects;
        this.events = events;
    }

    /** Where the round stands after the model was asked. */
    enum Standing {
        /** Enough items of the round have a label. */
        COMPLETE,
        /** People, or a provider that is left alone for a while, have the next word. */
        WAITING,
        /** The ranking is used up. */
        NOTHING_RANKED,
        /** Paused, stopped or cancelled meanwhile. */
        INTERRUPTED
    }

    /**
     * Whether the model can be asked something now, or an answer waits to be used.
     *
     * @param exhausted whether the round's ranking was found to have nothing more
     */
    boolean due(RunRow run, boolean exhausted) {
        return answers.due(run.id(), "ORACLE") || !answers.toVerify(run.id()).isEmpty()
                || !exhausted && missing(run) > 0 && !answers.holdsBack(run.id());
    }

    /** Items the model should still be asked about: those with a label or on a person's desk count. */
    private int missing(RunRow run) {
        int before = rounds.find(run.id(), run.roundNumber()).map(RoundRow::answersBefore).orElse(0);
        return run.settings().batchSize() - Math.max(0, pool.answers(run.projectId()) - before) - answers.waitingForPeople(run.id());
    }

    private int answered(RunRow run) {
        int before = rounds.find(run.id(), run.roundNumber()).map(RoundRow::answersBefore).orElse(0);
        return Math.max(0, pool.answers(run.projectId()) - before);
    }

    /** Asks wave after wave until the round is complete or somebody else has the next word. */
    Standing work(RunRow start, JobContext job) {
        RunRow run = start;
        while (!job.cancelled()) {
            decide(run);
            verify(run);
            if (answered(run) >= run.settings().batchSize()) {
                return Standing.COMPLETE;
            }
            List<ModelAnswer> open = answers.open(run.id(), "ORACLE");
            if (open.isEmpty()) {
                if (budget.of(run).spentForTraining()) {
                    return pause(run, Note.of("run.note.budget"));
                }
                int wanted = Math.min(missing(run), oracle.waveSize(run));
                if (wanted <= 0) {
                    return Standing.WAITING;
                }
                if (answers.askAgain(run, "ORACLE", wanted) == 0) {
                    if (answers.holdsBack(run.id())) {
                        return Standing.WAITING;
                    }
                    if (!claim(run, wanted)) {
                        return Standing.NOTHING_RANKED;
                    }
                }
                continue;
            }
            ModelOracle.Wave wave = oracle.ask(run, open);
            events.publish(run.projectId(), ProjectEvents.Kind.RUN);
            if (wave.blocked().isPresent() && wave.answered() == 0) { // else parallel calls gave room back, and another may fit
                decide(run);
                verify(run);
                return pause(run, wave.blocked().get());
            }
            RunRow now = runs.find(run.id()).orElseThrow();
            if (now.state() != RunState.LABELING || now.roundNumber() != start.roundNumber()) {
                decide(run);
                return Standing.INTERRUPTED;
            }
            run = now;
        }
        return Standing.INTERRUPTED;
    }

    /** The ranking is used up: ranks again; false if nothing is left to ask. */
    boolean rankMore(RunRow run) {
        List<RankedItem> more = trainer.rankAgain(run, Math.max(run.settings().batchSize(), oracle.waveSize(run)));
        return QuarkusTransaction.requiringNew().call(() -> {
            RunRow now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.LABELING || now.roundNumber() != run.roundNumber()) {
                return true;
            }
            ranking.replace(run.id(), more);
            return !more.isEmpty();
        });
    }

    boolean awaitsAnswers(RunRow run) {
        return answers.waitingForPeople(run.id()) > 0 || answers.later(run.id()) > 0;
    }

    /** Takes the next ones out of the ranking and writes down that they are asked; false if there are none. */
    private boolean claim(RunRow run, int wanted) {
        return QuarkusTransaction.requiringNew().call(() -> {
            runs.lock(run.id()).orElseThrow();
            List<RankedItem> next = ranking.take(run.id(), wanted);
            if (next.isEmpty()) {
                return false;
            }
            Set<Long> known = new HashSet<>();
            for (ModelAnswer answer : answers.known(run, next)) {
                known.add(answer.itemId());
                use(run, answer);
            }
            answers.claim(run, "ORACLE", next.stream().filter(item -> !known.contains(item.itemId())).toList(), oracle.modelId(run),
                    oracle.promptVersion(run));
            return true;
        });
    }

    /** Puts answers to use that nothing was decided about yet: also those of a process that died. */
    private void decide(RunRow run) {
        List<ModelAnswer> undecided = answers.undecided(run.id(), "ORACLE", run.settings().oracle().hybrid());
        if (!undecided.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> undecided.forEach(answer -> use(run, answer)));
            events.publish(run.projectId(), ProjectEvents.Kind.ANSWERS);
        }
    }

    private void use(RunRow run, ModelAnswer answer) {
        OracleSettings settings = run.settings().oracle();
        if (answer.classId() == null) {
            answers.decide(answer.id(), Decision.ABSENT, false);
            return;
        }
        VerificationRule rule = new VerificationRule(settings.verifyBelow(), settings.checkShare(), run.settings().seed());
        Decision decision = settings.hybrid()
                ? Decision.valueOf(rule.judge(answer.confidence(), answer.classId().equals(answer.saidClassId())).name()) : Decision.TAKEN;
        answers.decide(answer.id(), decision, settings.hybrid() && rule.drawn(answer.itemId()));
        if (decision == Decision.TAKEN) {
            resolutions.assignByLanguageModel(run.projectId(), run.id(), oracle.modelId(run), oracle.promptVersion(run),
                    List.of(new ResolvedItem(answer.itemId(), answer.classId(), answer.confidence() == null ? 0 : answer.confidence())));
        }
    }

    /** Puts what people must verify into the queue. A random check is blind: it shows no suggestion. */
    void verify(RunRow run) {
        List<ModelAnswers.ToVerify> items = answers.toVerify(run.id());
        if (items.isEmpty()) {
            return;
        }
        QuestionReason reasons = QuestionReason.in(run.settings().language());
        String source = oracle.name(run);
        List<NewTask> tasks = new ArrayList<>();
        for (ModelAnswers.ToVerify item : items) {
            tasks.add(item.checked() ? new NewTask(item.itemId(), Purpose.TRAIN, -tasks.size(), reasons.rest(), null, null, null)
                    : new NewTask(item.itemId(), Purpose.TRAIN, -tasks.size(), reason(run, reasons, item), item.classId(),
                            item.confidence(), item.classId() == null ? null : source));
        }
        queue.enqueue(run.projectId(), run.id(), run.roundNumber(), tasks);
        events.publish(run.projectId(), ProjectEvents.Kind.ANSWERS);
    }

    private String reason(RunRow run, QuestionReason reasons, ModelAnswers.ToVerify item) {
        return switch (item.decision()) {
            case UNSURE -> reasons.modelUnsure(item.confidence());
            case DISAGREES -> reasons.modelsDisagree(className(run, item.classId()), className(run, item.saidClassId()));
            case NO_CONFIDENCE -> reasons.modelWithoutConfidence();
            case ABSENT -> reasons.modelAbsent();
            case TAKEN -> reasons.rest();
        };
    }

    private String className(RunRow run, Long classId) {
        return projects.classes(run.projectId()).stream().filter(c -> classId != null && c.id() == classId).map(LabelClass::name)
                .findFirst().orElse("–");
    }

    /** Nothing is asked until somebody has mended what the note says and resumed the run. */
    Standing pause(RunRow run, Note why) {
        QuarkusTransaction.requiringNew().run(() -> {
            RunRow now = runs.lock(run.id()).orElseThrow();
            if (now.state().active()) {
                runs.leave(now.id(), RunState.PAUSED, now.state(), why);
                ending.clearQueue(now.projectId());
            }
        });
        events.publish(run.projectId(), ProjectEvents.Kind.RUN);
        return Standing.INTERRUPTED;
    }
}
