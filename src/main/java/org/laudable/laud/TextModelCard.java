package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.laudable.database.Sql;
import org.laudable.model.BundleStore;
import org.laudable.model.ModelCard;
import org.laudable.model.ModelVersion;
import org.laudable.project.ProjectDirectory;

/** Writes the card of a text model; its figures are those of the run's page. */
@ApplicationScoped
class TextModelCard {
    private static final int ENOUGH_AUDIT_ANSWERS = 50;

    private final RunReport report;
    private final ProjectDirectory projects;
    private final BundleStore starts;
    private final Sql sql;
    private final Clock clock;

    TextModelCard(RunReport report, ProjectDirectory projects, BundleStore starts, Sql sql, Clock clock) {
        this.report = report;
        this.projects = projects;
        this.starts = starts;
        this.sql = sql;
        this.clock = clock;
    }

    ModelCard of(RunRow run, RoundRow row, RoundTrainer.Fitted fitted) {
        RunView view = report.of(run);
        Optional<RunView.Round> round = view.rounds().stream().filter(one -> one.number() == fitted.round()).findFirst();
        var provenance = fitted.model().provenance();
        Map<String, String> parameters = new TreeMap<>(provenance.parameters());
        parameters.put("temperature", Float.toString(fitted.model().crossValidation().temperature()));
        parameters.put("strategy", run.settings().strategy());
        parameters.put("start", run.settings().startMode());
        parameters.put("oracle", run.settings().oracle().oracle());
        parameters.put("wantedPrecision", Double.toString(run.settings().precision()));
        return new ModelCard(projects.get(run.projectId()).name(), "TEXT", new ModelVersion(run.id(), fitted.round()).toString(), clock.instant(),
                provenance.trainer() + " " + provenance.engineVersion(), provenance.seed(), data(run, fitted), measures(view, round),
                classes(view, row), limits(view, row, fitted), parameters,
                Optional.ofNullable(run.settings().startModel()).flatMap(starts::title).orElse(null));
    }

    private ModelCard.Data data(RunRow run, RoundTrainer.Fitted fitted) {
        Long[] ids = fitted.used().stream().map(PoolRepository.Label::resolutionId).toArray(Long[]::new);
        Map<String, Long> sources = new LinkedHashMap<>();
        sql.list("select origin, count(*) from resolution where id = any (?) group by origin order by count(*) desc, origin",
                one -> sources.put(one.getString(1), one.getLong(2)), (Object) ids);
        long newest = 0;
        for (long id : fitted.session().itemIds()) {
            newest = Math.max(newest, id);
        }
        long last = newest;
        long held = sql.number("select count(*) from item where project_id = ? and split = 'AUDIT'", run.projectId());
        return sql.first("select min(created_at) as first, max(created_at) as last from resolution where id = any (?)",
                one -> new ModelCard.Data(fitted.session().itemIds().length, ids.length, Sql.instant(one, "first"), Sql.instant(one, "last"),
                        RoundTrainer.hash(fitted.used()), last, held, sources), (Object) ids).orElseThrow();
    }

    private static List<ModelCard.Measure> measures(RunView view, Optional<RunView.Round> round) {
        List<ModelCard.Measure> measures = new ArrayList<>();
        round.filter(one -> one.reported() > 0).ifPresent(one -> {
            String basis = "On the reporting half of the audit sample, which was drawn at random and trained nothing.";
            measures.add(new ModelCard.Measure("accuracy", one.accuracy(), one.reported(), basis));
            measures.add(new ModelCard.Measure("macro-F1", one.macroF1(), one.reported(), basis));
        });
        view.certificate().filter(one -> "certified".equals(one.outcome()) && one.lowerBound() != null)
                .ifPresent(one -> measures.add(new ModelCard.Measure("precision of labels the model gave by itself",
                        new org.laudable.loop.Figure((double) one.right() / Math.max(1, one.size()), one.lowerBound(), 1), one.size(),
                        "Proved on a fresh random sample of them, one-sided at 95 %.")));
        return measures;
    }

    private static List<ModelCard.ClassLine> classes(RunView view, RoundRow row) {
        Map<Long, Float> thresholds = row.metrics() == null ? Map.of() : row.metrics().thresholds();
        return view.classes().stream().map(one -> new ModelCard.ClassLine(one.name(), one.labels(), one.support(), one.precision(), one.recall(),
                Optional.ofNullable(thresholds.get(one.id())).map(Float::doubleValue).orElse(null))).toList();
    }

    private List<String> limits(RunView view, RoundRow row, RoundTrainer.Fitted fitted) {
        List<String> limits = new ArrayList<>();
        int measured = view.audit().reporting();
        if (measured < ENOUGH_AUDIT_ANSWERS) {
            limits.add(measured == 0 ? "Nothing has been measured: there are no audit answers yet."
                    : "Measured on %d answers only; the intervals are wide.".formatted(measured));
        }
        if (!fitted.model().crossValidation().available()) {
            limits.add("Too few labels to calibrate its probabilities; they are a first guess.");
        }
        String before = row.provenance() == null ? "" : row.provenance().path("labels").path("resolutionsSha256").asText();
        if (!before.equals(RoundTrainer.hash(fitted.used()))) {
            limits.add("Labels were added or corrected after the figures were measured: the file was trained on the labels of the moment it was made.");
        }
        List<String> unseen = view.classes().stream().filter(one -> !one.found()).map(RunView.ClassQuality::name).toList();
        if (!unseen.isEmpty()) {
            limits.add("No label of these classes was ever seen: " + String.join(", ", unseen) + ".");
        }
        limits.add("It measures up to texts like the project's; for texts from elsewhere nothing is known.");
        limits.add("It always names one of its classes, also for a text that belongs to none of them.");
        limits.add("Its sentence encoder was trained on English; texts are cut at 8,000 characters and 512 tokens.");
        limits.add("The file holds no text, but vectors of the project's texts, and words and pieces of words that several of them share: keep it as you keep the texts.");
        return limits;
    }

}
