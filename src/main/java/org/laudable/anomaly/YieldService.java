package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.laudable.budget.BudgetService;
import org.laudable.budget.BudgetSummary;
import org.laudable.database.Sql;
import org.laudable.engine.evaluation.YieldForecast;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;

/**
 * What the next questions about series will find. Series have no learning curve to carry on: a run asks too few windows at
 * random, and too few of them are anomalies, to measure one. For reviewers and managers.
 *
 * @see <a href="../../../../../../docs/decisions/023-what-a-forecast-says.md">023: what a forecast says</a>
 */
@ApplicationScoped
public class YieldService {
    /** Finding at most so many in the next hundred answers is almost nothing. */
    private static final double LITTLE = 1;
    private static final int KEPT = 50;

    private final BudgetService budgets;
    private final ProjectDirectory projects;
    private final ProjectAccess access;
    private final Sql sql;
    private final Map<Long, Kept> kept = new ConcurrentHashMap<>();

    YieldService(BudgetService budgets, ProjectDirectory projects, ProjectAccess access, Sql sql) {
        this.budgets = budgets;
        this.projects = projects;
        this.access = access;
        this.sql = sql;
    }

    private record Kept(List<Boolean> found, Optional<YieldForecast.Outlook> outlook) {}

    /** Empty for projects of texts. */
    @Transactional
    public Optional<YieldView> current(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return projects.get(projectId).kind() == ProjectKind.SERIES ? Optional.of(of(projectId)) : Optional.empty();
    }

    private YieldView of(long projectId) {
        List<Boolean> found = sql.list("""
                select coalesce(c.meaning = 'ANOMALY', false) from resolution r join item i on i.id = r.item_id and i.series_id is not null
                left join label_class c on c.id = r.class_id
                where r.project_id = ? and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER') order by r.id""",
                row -> row.getBoolean(1), projectId);
        Optional<YieldForecast.Outlook> outlook = outlook(projectId, found);
        BudgetSummary budget = budgets.summary(projectId);
        long perAnswer = found.isEmpty() ? 0 : budget.settledMicros() / found.size();
        return new YieldView(found.size(), (int) found.stream().filter(it -> it).count(), outlook, perAnswer,
                outlook.map(it -> advice(it, budget, perAnswer)).orElse(YieldView.Advice.TOO_EARLY));
    }

    private Optional<YieldForecast.Outlook> outlook(long projectId, List<Boolean> found) {
        Kept there = kept.get(projectId);
        if (there != null && there.found().equals(found)) {
            return there.outlook();
        }
        Kept fresh = new Kept(found, YieldForecast.of(found));
        if (kept.size() >= KEPT) {
            kept.clear();
        }
        kept.put(projectId, fresh);
        return fresh.outlook();
    }

    private static YieldView.Advice advice(YieldForecast.Outlook outlook, BudgetSummary budget, long perAnswer) {
        if (outlook.next().high() <= LITTLE) {
            return YieldView.Advice.LITTLE_LEFT;
        }
        boolean tooLittle = budget.capMicros().isPresent() && budget.capMicros().getAsLong() - budget.settledMicros() < YieldForecast.NEXT * perAnswer;
        return tooLittle ? YieldView.Advice.OUT_OF_BUDGET : YieldView.Advice.GO_ON;
    }
}
