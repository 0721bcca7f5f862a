package org.laudable.laud;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.laudable.engine.text.AcceptanceThreshold;
import org.laudable.engine.text.Certification;
import org.laudable.jobs.JobContext;
import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.loop.RunState;

/**
 * CERTIFYING: people check a fresh random sample of what the model would label by itself (ENGINES §1.6). Proved: the
 * model labels the rest. Not proved: the threshold moves up once, with a new sample; then the run ends without.
 */
@ApplicationScoped
class CertifyStep implements RunStep {
    private static final int TRIES = 2;

    private final RunRepository runs;
    private final RoundRepository rounds;
    private final CertifyRepository certify;
    private final SweepRepository repository;
    private final Sweeps sweeps;
    private final RunEnd ending;
    private final TaskQueue queue;
    private final RunBudget budget;

    CertifyStep(RunRepository runs, RoundRepository rounds, CertifyRepository certify, SweepRepository repository, Sweeps sweeps,
            RunEnd ending, TaskQueue queue, RunBudget budget) {
        this.runs = runs;
        this.rounds = rounds;
        this.certify = certify;
        this.repository = repository;
        this.sweeps = sweeps;
        this.ending = ending;
        this.queue = queue;
        this.budget = budget;
    }

    @Override
    public boolean serves(RunState state) {
        return state == RunState.CERTIFYING;
    }

    @Override
    public boolean due(RunRow run) {
        if (run.certification() == null) {
            return !runs.embeddingDue(run) && repository.unfinished(run.id()).isEmpty();
        }
        int attempt = run.certification().attempt();
        CertifyRepository.Progress progress = certify.progress(run.id(), attempt);
        return progress.checked() >= progress.size() || budget.of(run).spent() || !certify.unasked(run.id(), attempt).isEmpty();
    }

    @Override
    public boolean run(RunRow run, JobContext job) {
        int version = run.roundNumber() - 1;
        if (run.certification() == null && certify.withoutPrediction(run, version)) {
            sweeps.begin(run, Sweep.Kind.PREDICT, version, null, null, null); // late texts, and most of a large pool
            return false;
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            RunRow now = runs.lock(run.id()).orElseThrow();
            if (now.state() != RunState.CERTIFYING) {
                return false;
            }
            return now.certification() == null ? begin(now) : goOn(now);
        });
    }

    private boolean begin(RunRow run) {
        int version = run.roundNumber() - 1;
        Map<Long, Float> thresholds = rounds.find(run.id(), version).map(r -> r.metrics().thresholds()).orElse(Map.of());
        return sample(run, new CertificationState(run.settings().precision(), version, thresholds, 0, 0, List.of(), null, null), thresholds);
    }

    /** Draws the next sample, or ends the run if none could prove anything. */
    private boolean sample(RunRow run, CertificationState before, Map<Long, Float> thresholds) {
        long accepted = certify.accepted(run, before.modelVersion(), thresholds);
        CertificationState state = before.next(thresholds, accepted);
        Certification certification = new Certification(state.precision(), TRIES);
        int fewest = fewestThatProve(certification);
        long affordable = budget.of(run).affordable();
        int wanted = Math.max(run.settings().certifySample(), fewest);
        if (accepted < fewest) {
            return end(run, state.with(CertificationState.Outcome.NOTHING_TO_ACCEPT, null));
        }
        if (affordable < fewest) {
            return end(run, state.with(CertificationState.Outcome.NO_BUDGET, fewest - (int) affordable));
        }
        int size = (int) Math.min(Math.min(wanted, accepted), affordable);
        List<CertifyRepository.Sampled> sample = certify.sample(run, state.modelVersion(), thresholds, state.attempt(), size);
        certify.save(run.id(), state.attempt(), sample);
        runs.certification(run.id(), state);
        ask(run, state);
        return false;
    }

    /** The smallest sample that proves the precision if every item is right. */
    static int fewestThatProve(Certification certification) {
        return IntStream.iterate(1, n -> n + 1).filter(n -> certification.judge(n, n).certified()).findFirst().orElseThrow();
    }

    private boolean goOn(RunRow run) {
        CertificationState state = run.certification();
        CertifyRepository.Progress progress = certify.progress(run.id(), state.attempt());
        if (progress.checked() < progress.size() && !budget.of(run).spent()) {
            ask(run, state);
            return false;
        }
        queue.withdrawUnheld(run.projectId(), Purpose.CERTIFY);
        Certification.Verdict verdict = new Certification(state.precision(), TRIES).judge(progress.right(), progress.checked());
        CertificationState tried = state.withTry(new CertificationState.Try(state.attempt(), progress.right(), progress.checked(), verdict.lowerBound()));
        if (verdict.certified()) {
            runs.certification(run.id(), tried.with(CertificationState.Outcome.CERTIFIED, null));
            runs.move(run.id(), RunState.FINISHING);
            return true;
        }
        Integer more = verdict.moreAnswers().isPresent() ? verdict.moreAnswers().getAsInt() : null;
        if (progress.checked() < progress.size()) {
            return end(run, tried.with(CertificationState.Outcome.NO_BUDGET, progress.size() - progress.checked()));
        }
        if (state.attempt() >= TRIES) {
            return end(run, tried.with(CertificationState.Outcome.NOT_PROVED, more));
        }
        return sample(run, tried, raised(state.thresholds()));
    }

    private static Map<Long, Float> raised(Map<Long, Float> thresholds) {
        TreeMap<Long, Float> sorted = new TreeMap<>(thresholds);
        float[] values = new float[sorted.size()];
        int at = 0;
        for (float value : sorted.values()) {
            values[at++] = value;
        }
        float[] higher = new AcceptanceThreshold(values).raised().perClass();
        at = 0;
        for (Map.Entry<Long, Float> entry : sorted.entrySet()) {
            entry.setValue(higher[at++]);
        }
        return sorted;
    }

    private boolean end(RunRow run, CertificationState state) {
        runs.certification(run.id(), state);
        ending.end(run, RunState.FINISHED);
        return true;
    }

    private void ask(RunRow run, CertificationState state) {
        QuestionReason reasons = QuestionReason.in(run.settings().language());
        List<NewTask> tasks = new ArrayList<>();
        for (CertifyRepository.Sampled item : certify.unasked(run.id(), state.attempt())) {
            tasks.add(new NewTask(item.itemId(), Purpose.CERTIFY, -tasks.size(), reasons.rest(), item.classId(), item.confidence(),
                    QuestionRanking.source(state.modelVersion())));
        }
        queue.enqueue(run.projectId(), run.id(), run.roundNumber(), tasks);
    }
}
