package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.laudable.budget.BudgetService;
import org.laudable.database.Sql;
import org.laudable.loop.Figure;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectDirectory;

/** Reads together what a run's page shows. Figures of all rounds are taken anew whenever an audit answer changes. */
@ApplicationScoped
class RunReport {
    private static final int WORST_PAIRS = 10;
    private static final int QUESTIONS = 8;
    private static final int PACE_MINUTES = 10;

    private final RunRepository runs;
    private final RoundRepository rounds;
    private final PoolRepository pool;
    private final PredictionRepository predictions;
    private final CertifyRepository certify;
    private final BudgetService budgets;
    private final ProjectDirectory projects;
    private final SweepRepository sweeps;
    private final OracleReport oracle;
    private final Sql sql;
    private final Map<Long, Curve> curves = new ConcurrentHashMap<>();

    RunReport(RunRepository runs, RoundRepository rounds, PoolRepository pool, PredictionRepository predictions, CertifyRepository certify,
            BudgetService budgets, ProjectDirectory projects, SweepRepository sweeps, OracleReport oracle, Sql sql) {
        this.runs = runs;
        this.rounds = rounds;
        this.pool = pool;
        this.predictions = predictions;
        this.certify = certify;
        this.budgets = budgets;
        this.projects = projects;
        this.sweeps = sweeps;
        this.oracle = oracle;
        this.sql = sql;
    }

    /** Quality of each round's model on the audit answers of one moment. */
    private record Curve(List<PoolRepository.AuditTruth> truth, int rounds, Map<Integer, Quality> byRound) {}

    RunView of(RunRow run) {
        List<RoundRow> done = rounds.of(run.id()).stream().filter(r -> r.state() == RoundRow.State.DONE).toList();
        List<PoolRepository.AuditTruth> truth = pool.auditTruth(run.projectId());
        Curve curve = curve(run, done.size(), truth);
        List<LabelClass> classes = projects.classes(run.projectId());
        Optional<Quality> newest = done.isEmpty() ? Optional.empty() : Optional.ofNullable(curve.byRound().get(done.getLast().number()));
        RunSettings s = run.settings();
        return new RunView(run.id(), run.state(), run.leftState(), run.stateSince(), runs.starter(run.id()).orElse("?"), run.createdAt(),
                run.finishedAt(), run.stopRule(), run.stopReason(), run.error(),
                new RunView.Settings(s.strategy(), s.startMode(), s.batchSize(), s.stopping().targetAccuracy(), s.precision()),
                run.roundNumber(), embedding(run), batch(run), audit(run, truth), certificate(run), budgets.summary(run.projectId()),
                done.stream().map(r -> round(run, r, curve.byRound().get(r.number()))).toList(),
                classes(run, classes, newest), confusions(classes, newest), next(run, classes), oracle.of(run, classes));
    }

    private Curve curve(RunRow run, int roundsDone, List<PoolRepository.AuditTruth> truth) {
        Curve there = curves.get(run.id());
        if (there != null && there.rounds() == roundsDone && there.truth().equals(truth)) {
            return there;
        }
        Map<Integer, List<PredictionRepository.AuditPrediction>> said = predictions.audit(run.id()).stream()
                .collect(Collectors.groupingBy(PredictionRepository.AuditPrediction::round));
        Map<Integer, Quality> byRound = new HashMap<>();
        said.forEach((number, items) -> byRound.put(number, RoundTrainer.quality(items, truth)));
        Curve curve = new Curve(truth, roundsDone, byRound);
        if (curves.size() > 50) {
            curves.clear();
        }
        curves.put(run.id(), curve);
        return curve;
    }

    private static RunView.Round round(RunRow run, RoundRow r, Quality q) {
        boolean known = q != null && q.items() > 0;
        Instant at = r.closedAt() == null ? r.startedAt() : r.closedAt();
        return new RunView.Round(r.number(), r.labels(), r.auditLabels(), known ? q.items() : 0,
                known ? Figure.of(q.share(), q.accuracy()) : null, known ? Figure.of(q.macroF1(), q.macroF1Interval()) : null,
                r.costMicros(), Duration.between(run.createdAt(), at), r.trainMillis() == null ? 0 : r.trainMillis(), r.trainedAt());
    }

    private RunView.Embedding embedding(RunRow run) {
        boolean complete = !runs.embeddingDue(run);
        Optional<Duration> left = complete ? Optional.empty() : sweeps.newest(run.id(), Sweep.Kind.EMBED)
                .filter(sweep -> sweep.state() == Sweep.State.ACTIVE).flatMap(sweep -> SweepView.timeLeft(sweep, sweeps.pace(sweep.id())));
        return new RunView.Embedding(run.embedded(), run.embedTotal(), complete, left);
    }

    private RunView.Batch batch(RunRow run) {
        int before = rounds.find(run.id(), run.roundNumber()).map(RoundRow::answersBefore).orElse(0);
        int answered = Math.max(0, pool.answers(run.projectId()) - before);
        int wanted = run.settings().batchSize();
        long recent = sql.number("""
                select count(*) from resolution r join item i on i.id = r.item_id and i.split = 'POOL'
                where r.project_id = ? and r.superseded_at is null and r.origin = 'PERSON'
                  and r.created_at > now() - make_interval(mins => ?)""", run.projectId(), PACE_MINUTES);
        Optional<Duration> left = recent < 3 || answered >= wanted ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) (wanted - answered) * PACE_MINUTES * 60 / recent));
        return new RunView.Batch(Math.min(answered, wanted), wanted, left);
    }

    private RunView.Audit audit(RunRow run, List<PoolRepository.AuditTruth> truth) {
        int size = (int) sql.number("select count(*) from item where project_id = ? and split = 'AUDIT'", run.projectId());
        return new RunView.Audit(truth.size(), size, (int) truth.stream().filter(t -> t.reports() && t.classId() != 0).count());
    }

    private Optional<RunView.Certificate> certificate(RunRow run) {
        return run.certifying().map(c -> {
            CertifyRepository.Progress progress = certify.progress(run.id(), c.attempt());
            long labelled = c.outcome() != CertificationState.Outcome.CERTIFIED ? 0 : sql.number("""
                    select count(*) from resolution where project_id = ? and run_id = ? and origin = 'MODEL' and superseded_at is null""",
                    run.projectId(), run.id());
            return new RunView.Certificate(c.precision(), c.attempt(), c.accepted(), labelled, progress.checked(), progress.size(), progress.right(),
                    c.tries().isEmpty() ? null : c.tries().getLast().lowerBound(),
                    c.outcome() == null ? null : c.outcome().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), c.moreAnswers());
        });
    }

    private List<RunView.ClassQuality> classes(RunRow run, List<LabelClass> classes, Optional<Quality> quality) {
        Map<Long, Integer> labels = pool.labelCounts(run.projectId());
        Map<Long, org.laudable.engine.evaluation.Classification.ClassQuality> figures = new HashMap<>();
        quality.filter(q -> q.items() > 0).ifPresent(q -> {
            var perClass = q.confusion().perClass();
            for (int i = 0; i < q.classIds().length; i++) {
                figures.put(q.classIds()[i], perClass.get(i));
            }
        });
        List<RunView.ClassQuality> rows = new ArrayList<>();
        for (LabelClass c : classes) {
            var figure = figures.get(c.id());
            if (!c.retired() || labels.containsKey(c.id())) {
                rows.add(new RunView.ClassQuality(c.id(), c.name(), labels.getOrDefault(c.id(), 0), figure == null ? 0 : figure.support(),
                        figure == null ? 0 : figure.predicted(), figure == null ? null : orNull(figure.precision()),
                        figure == null ? null : orNull(figure.recall()), figure == null ? null : orNull(figure.f1())));
            }
        }
        return rows;
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static List<RunView.Confusion> confusions(List<LabelClass> classes, Optional<Quality> quality) {
        Map<Long, String> names = classes.stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        return quality.map(q -> q.worst(WORST_PAIRS)).orElse(List.of()).stream()
                .map(c -> new RunView.Confusion(names.getOrDefault(c.trueClassId(), "?"), names.getOrDefault(c.predictedClassId(), "?"), c.count()))
                .toList();
    }

    private List<RunView.Question> next(RunRow run, List<LabelClass> classes) {
        if (!run.state().active()) {
            return List.of();
        }
        Map<Long, String> names = classes.stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        return sql.list("""
                select left(i.body, 300), t.reason, t.suggestion_class_id, t.suggestion_confidence from task t
                join item i on i.id = t.item_id
                where t.project_id = ? and t.state = 'OPEN' and t.purpose = 'TRAIN' and t.free_slots > 0
                order by t.priority desc, t.id limit ?""",
                row -> new RunView.Question(row.getString(1), row.getString(2), names.get(row.getLong(3)), row.getObject(4, Float.class)),
                run.projectId(), QUESTIONS);
    }
}
