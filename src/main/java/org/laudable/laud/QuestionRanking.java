package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.text.QueryContext;
import org.laudable.engine.text.QueryStrategies;
import org.laudable.engine.text.Start;
import org.laudable.engine.text.TaskModel;
import org.laudable.engine.text.TrainingLabels;

/** Turns a model into the next questions, best first, each with its reason and suggestion. */
@ApplicationScoped
class QuestionRanking {
    /** The project's strategy ranks this many batches; a longer queue goes on by margin, which costs next to nothing. */
    private static final int STRATEGY_BATCHES = 2;

    private final PoolRepository pool;

    QuestionRanking(PoolRepository pool) {
        this.pool = pool;
    }

    /**
     * Ranks the pool.
     *
     * @param wanted      how many questions
     * @param labelBudget answers the whole run may cost
     */
    List<RankedItem> rank(RunRow run, int round, LoopSession session, TrainingLabels labels, TaskModel model, int wanted, int labelBudget) {
        BitSet excluded = new BitSet();
        for (long item : pool.notToAsk(run.projectId(), run.id())) {
            Integer index = session.indexByItem().get(item);
            if (index != null) {
                excluded.set(index);
            }
        }
        RunSettings settings = run.settings();
        QueryContext context = context(session, model, labels, excluded, settings.seed() + round);
        Set<Integer> confirming = new HashSet<>();
        List<Integer> chosen = new ArrayList<>();
        for (int item : Start.named(settings.startMode()).select(context, labels, Math.min(wanted, settings.batchSize()), labelBudget)) {
            chosen.add(item);
            confirming.add(item);
            excluded.set(item);
        }
        int byStrategy = Math.min(wanted, STRATEGY_BATCHES * settings.batchSize()) - chosen.size();
        ask(settings.strategy(), context(session, model, labels, excluded, settings.seed() + round), byStrategy, chosen, excluded);
        ask("margin", context(session, model, labels, excluded, settings.seed() + round), wanted - chosen.size(), chosen, excluded);
        return describe(run, round, session, model, chosen, confirming);
    }

    private static QueryContext context(LoopSession session, TaskModel model, TrainingLabels labels, BitSet excluded, long seed) {
        return new QueryContext(session.pool(), model.poolScores(), labels.items(), excluded, seed);
    }

    private static void ask(String strategy, QueryContext context, int count, List<Integer> chosen, BitSet excluded) {
        if (count > 0) {
            for (int item : QueryStrategies.named(strategy).select(context, count)) {
                chosen.add(item);
                excluded.set(item);
            }
        }
    }

    private List<RankedItem> describe(RunRow run, int round, LoopSession session, TaskModel model, List<Integer> chosen, Set<Integer> confirming) {
        QuestionReason reasons = QuestionReason.in(run.settings().language());
        FloatMatrix p = model.poolProbabilities();
        int[] rows = chosen.stream().mapToInt(Integer::intValue).toArray();
        int[] similar = rows.length == 0 ? rows : QuestionReason.similar(session.pool().vectors().select(rows), session.pool().vectors());
        List<RankedItem> ranking = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            int best = p.argMax(row);
            String reason = confirming.contains(row) ? reasons.confirms(session.schema().classes().get(best).name())
                    : reasons.of(p, row, similar[i]);
            ranking.add(new RankedItem(i, session.itemIds()[row], reason, session.schema().id(best), p.get(row, best), source(round)));
        }
        return ranking;
    }

    /** The audit sample's reasons and suggestions by the same model. */
    List<RankedItem> describeAudit(RunRow run, int round, LoopSession session, FloatMatrix p) {
        QuestionReason reasons = QuestionReason.in(run.settings().language());
        int[] similar = QuestionReason.similar(session.audit().orElseThrow().vectors(), session.pool().vectors());
        return IntStream.range(0, p.rows()).mapToObj(row -> {
            int best = p.argMax(row);
            return new RankedItem(row, session.auditIds().get(row), reasons.of(p, row, similar[row]), session.schema().id(best),
                    p.get(row, best), source(round));
        }).toList();
    }

    static String source(int round) {
        return round == 0 ? "zero-shot" : "model v" + round;
    }
}
