package org.laudable.laud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.laudable.engine.evaluation.CohensKappa;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.text.AcceptanceThreshold;
import org.laudable.engine.text.EmbeddedHead;
import org.laudable.engine.text.OutsideItems;
import org.laudable.engine.text.TaskModel;
import org.laudable.engine.text.TrainingLabels;
import org.laudable.loop.Figure;

/** Computes a round: model, figures, ranking. Writes nothing. One training at a time in this process. */
@ApplicationScoped
class RoundTrainer {
    private static final Logger LOG = Logger.getLogger(RoundTrainer.class);

    private final PoolRepository pool;
    private final LoopSessions sessions;
    private final RoundRepository rounds;
    private final QuestionRanking questions;
    private final RunBudget budget;
    private final ObjectMapper json;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Map<Long, Fitted> newest = new HashMap<>();

    RoundTrainer(PoolRepository pool, LoopSessions sessions, RoundRepository rounds, QuestionRanking questions, RunBudget budget,
            ObjectMapper json) {
        this.pool = pool;
        this.sessions = sessions;
        this.rounds = rounds;
        this.questions = questions;
        this.budget = budget;
        this.json = json;
    }

    /** A model with the pool it was trained on; can be had again from the tables. */
    record Fitted(int round, LoopSession session, TaskModel model, TrainingLabels labels, List<PoolRepository.Label> used, int answers) {}

    /** Trains a round's model and works out what follows from it. Round 0 is the zero-shot start: no labels. */
    TrainedRound train(RunRow run, int round, int wanted) {
        oneAtATime.lock();
        try {
            Fitted fitted = fit(run, round);
            LoopSession session = fitted.session();
            List<PoolRepository.AuditTruth> truth = pool.auditTruth(run.projectId());
            Optional<FloatMatrix> auditProbabilities = session.audit().map(items -> predict(fitted.model(), items));
            List<PredictionRepository.AuditPrediction> audit = auditProbabilities.map(p -> audit(round, session, p)).orElse(List.of());
            List<RankedItem> ranking = questions.rank(run, round, session, fitted.labels(), fitted.model(), wanted, budget.labels(run));
            Long[] fixed = fixedSample(session, fitted.model());
            Quality quality = quality(audit, truth);
            Double kappa = round == 0 ? null : rounds.fixedSample(run.id(), round - 1).map(before -> agreement(before, fixed, session)).orElse(null);
            RoundMetrics metrics = metrics(quality, kappa, fitted, run, fitted.answers() + truth.size());
            List<RankedItem> asIf = auditProbabilities.map(p -> questions.describeAudit(run, round, session, p)).orElse(List.of());
            return new TrainedRound(session, fitted.model(), fitted.answers(), fitted.used().size(), audit, metrics,
                    provenance(run, fitted), fixed, ranking, asIf);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Ranks once more with the newest model, because the queue ran out of questions. */
    List<RankedItem> rankAgain(RunRow run, int wanted) {
        oneAtATime.lock();
        try {
            Fitted fitted = newest(run);
            return questions.rank(run, fitted.round(), fitted.session(), fitted.labels(), fitted.model(), wanted, budget.labels(run));
        } finally {
            oneAtATime.unlock();
        }
    }

    /** The newest round's model; trained again from the tables if this process has not got it. */
    Fitted newest(RunRow run) {
        oneAtATime.lock();
        try {
            int round = Math.max(0, run.roundNumber() - 1);
            Fitted there = newest.get(run.id());
            return there != null && there.round() == round ? there : fit(run, round);
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * Builds the next round's window of a large pool while people answer, so that nobody waits for it. Returns at once.
     */
    void prepareNext(RunRow run, TrainedRound trained) {
        if (trained.session().key().window() > 0) {
            Thread.ofVirtual().name("next-window").start(() -> {
                oneAtATime.lock();
                try {
                    sessions.get(run, run.roundNumber());
                } catch (RuntimeException e) {
                    LOG.warnf(e, "The next window of run %d is built when it is needed", run.id());
                } finally {
                    oneAtATime.unlock();
                }
            });
        }
    }

    /** The run is over. */
    void forget(long runId) {
        oneAtATime.lock();
        try {
            newest.remove(runId);
            sessions.drop(runId);
        } finally {
            oneAtATime.unlock();
        }
    }

    private Fitted fit(RunRow run, int round) {
        int answers = round == 0 ? 0 : pool.answers(run.projectId());
        List<PoolRepository.Label> known = round == 0 ? List.of() : pool.labels(run.projectId());
        LoopSession session = sessions.get(run, round);
        if (known.stream().anyMatch(label -> !session.indexByItem().containsKey(label.itemId())) && session.key().window() > 0) {
            sessions.drop(run.id()); // a label came from outside this window of a large pool: it shall train all the same
            return fit(run, round, sessions.get(run, round), known, answers);
        }
        return fit(run, round, session, known, answers);
    }

    private Fitted fit(RunRow run, int round, LoopSession session, List<PoolRepository.Label> known, int answers) {
        Map<Long, Integer> classIndex = session.schema().indexById();
        Map<Integer, Integer> classByItem = new HashMap<>();
        List<PoolRepository.Label> used = new ArrayList<>();
        for (PoolRepository.Label label : known) {
            Integer item = session.indexByItem().get(label.itemId());
            Integer classAt = classIndex.get(label.classId());
            if (item != null && classAt != null) {
                classByItem.put(item, classAt);
                used.add(label);
            }
        }
        TrainingLabels labels = TrainingLabels.of(classByItem);
        TaskModel model = EmbeddedHead.standard().train(session.pool(), labels, run.settings().seed());
        Fitted fitted = new Fitted(round, session, model, labels, used, answers);
        newest.keySet().removeIf(id -> id != run.id() && newest.size() > 1);
        newest.put(run.id(), fitted);
        return fitted;
    }

    private static FloatMatrix predict(TaskModel model, OutsideItems items) {
        return model.predict(items);
    }

    private static List<PredictionRepository.AuditPrediction> audit(int round, LoopSession session, FloatMatrix p) {
        List<PredictionRepository.AuditPrediction> said = new ArrayList<>();
        for (int i = 0; i < p.rows(); i++) {
            int best = p.argMax(i);
            said.add(new PredictionRepository.AuditPrediction(round, session.auditIds().get(i), session.schema().id(best), p.get(i, best)));
        }
        return said;
    }

    /** Quality on the reporting half; 'none of these' says nothing about a model that must choose. */
    static Quality quality(List<PredictionRepository.AuditPrediction> said, List<PoolRepository.AuditTruth> truth) {
        Map<Long, Long> truthByItem = new HashMap<>();
        truth.stream().filter(t -> t.reports() && t.classId() != 0).forEach(t -> truthByItem.put(t.itemId(), t.classId()));
        List<PredictionRepository.AuditPrediction> both = said.stream().filter(s -> truthByItem.containsKey(s.itemId())).toList();
        return Quality.of(both.stream().mapToLong(s -> truthByItem.get(s.itemId())).toArray(),
                both.stream().mapToLong(PredictionRepository.AuditPrediction::classId).toArray());
    }

    private RoundMetrics metrics(Quality q, Double kappa, Fitted fitted, RunRow run, int paid) {
        boolean known = q.items() > 0;
        AcceptanceThreshold threshold = AcceptanceThreshold.propose(fitted.model().crossValidation(),
                fitted.session().schema().size(), run.settings().precision());
        Map<Long, Float> thresholds = new HashMap<>();
        for (int c = 0; c < threshold.perClass().length; c++) {
            thresholds.put(fitted.session().schema().id(c), threshold.perClass()[c]);
        }
        return new RoundMetrics(paid, q.items(), q.correct(), known ? Figure.of(q.share(), q.accuracy()) : null,
                known ? Figure.of(q.macroF1(), q.macroF1Interval()) : null, kappa,
                fitted.model().crossValidation().temperature(), thresholds);
    }

    /** Item ids and predicted class ids in turn, for the first items of the random order. */
    private static Long[] fixedSample(LoopSession session, TaskModel model) {
        int n = Math.min(LoopSessions.FIXED_SAMPLE, session.itemIds().length);
        Long[] pairs = new Long[2 * n];
        for (int i = 0; i < n; i++) {
            pairs[2 * i] = session.itemIds()[i];
            pairs[2 * i + 1] = session.schema().id(model.poolScores().argMax(i));
        }
        return pairs;
    }

    /** Cohen's κ over the items both models knew; null if they share none. */
    private static Double agreement(Long[] before, Long[] now, LoopSession session) {
        Map<Long, Long> earlier = new HashMap<>();
        for (int i = 0; i < before.length; i += 2) {
            earlier.put(before[i], before[i + 1]);
        }
        Map<Long, Integer> index = new HashMap<>(session.schema().indexById());
        List<int[]> both = new ArrayList<>();
        for (int i = 0; i < now.length; i += 2) {
            Long old = earlier.get(now[i]);
            if (old != null) {
                both.add(new int[] {index.computeIfAbsent(old, id -> index.size()), index.computeIfAbsent(now[i + 1], id -> index.size())});
            }
        }
        return both.isEmpty() ? null : CohensKappa.of(both.stream().mapToInt(b -> b[0]).toArray(),
                both.stream().mapToInt(b -> b[1]).toArray(), index.size());
    }

    private ObjectNode provenance(RunRow run, Fitted fitted) {
        var model = fitted.model().provenance();
        ObjectNode node = json.createObjectNode();
        node.put("trainer", model.trainer()).put("engineVersion", model.engineVersion()).put("seed", model.seed());
        ObjectNode data = node.putObject("data");
        long maxItem = 0;
        for (long id : fitted.session().itemIds()) {
            maxItem = Math.max(maxItem, id);
        }
        data.put("items", model.poolSize()).put("maxItemId", maxItem).put("auditItems", fitted.session().auditIds().size())
                .put("window", fitted.session().key().window());
        node.putObject("labels").put("count", fitted.used().size()).put("resolutionsSha256", hash(fitted.used()));
        node.set("classes", json.valueToTree(fitted.session().schema().classes()));
        node.set("parameters", json.valueToTree(model.parameters()));
        node.set("settings", json.valueToTree(run.settings()));
        return node;
    }

    /** Of the label resolutions' ids in the order of their items. */
    static String hash(List<PoolRepository.Label> labels) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (PoolRepository.Label label : labels) {
                digest.update(ByteBuffer.allocate(Long.BYTES).putLong(label.resolutionId()).array());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
