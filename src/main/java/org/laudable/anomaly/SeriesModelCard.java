package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.laudable.database.Sql;
import org.laudable.engine.series.Provenance;
import org.laudable.labeling.WindowVerdict;
import org.laudable.loop.Run;
import org.laudable.model.BundleStore;
import org.laudable.model.ModelCard;
import org.laudable.model.ModelVersion;
import org.laudable.project.ProjectDirectory;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesSettings;
import org.laudable.series.SeriesStore;

/** Writes the card of a project's detectors; its figures are those of the run's page. */
@ApplicationScoped
class SeriesModelCard {
    private static final int ENOUGH_MEASURED = 12;

    private final DetectionReport report;
    private final SeriesStore store;
    private final LoopJson json;
    private final ProjectDirectory projects;
    private final BundleStore starts;
    private final Sql sql;
    private final Clock clock;

    SeriesModelCard(DetectionReport report, SeriesStore store, LoopJson json, ProjectDirectory projects, BundleStore starts, Sql sql, Clock clock) {
        this.report = report;
        this.store = store;
        this.json = json;
        this.projects = projects;
        this.starts = starts;
        this.sql = sql;
        this.clock = clock;
    }

    /** @param taught the answers that the file's detectors have learned from */
    ModelCard of(Run run, ModelVersion version, List<FittedSeries> fitted, List<WindowVerdict> taught, List<SeriesInfo> all) {
        DetectionView view = report.of(run);
        DetectionSettings settings = json.of(run);
        SeriesSettings search = store.settings(run.projectId());
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("preset", settings.preset());
        parameters.put("acquisition", settings.acquisition());
        parameters.put("learner", settings.learner().toString());
        parameters.put("missCost", Double.toString(search.missCost()));
        parameters.put("threshold", Double.toString(SeriesWork.threshold(search.missCost())));
        parameters.put("template", search.template());
        return new ModelCard(projects.get(run.projectId()).name(), "SERIES", version.toString(), clock.instant(), Provenance.ENGINE, settings.seed(),
                data(run, fitted, taught, all), measures(view), List.of(), limits(view, fitted, all), parameters,
                Optional.ofNullable(settings.startModel()).flatMap(starts::title).orElse(null));
    }

    private ModelCard.Data data(Run run, List<FittedSeries> fitted, List<WindowVerdict> taught, List<SeriesInfo> all) {
        Map<String, Long> sources = new TreeMap<>(taught.stream().collect(Collectors.groupingBy(WindowVerdict::origin, Collectors.counting())));
        long points = all.stream().filter(info -> fitted.stream().anyMatch(one -> one.seriesId() == info.id())).mapToLong(SeriesInfo::points).sum();
        List<Instant> said = taught.stream().map(WindowVerdict::at).sorted().toList();
        return new ModelCard.Data(points, taught.size(), said.isEmpty() ? null : said.getFirst(), said.isEmpty() ? null : said.getLast(),
                hash(resolutions(run.projectId(), taught)), null, null, sources);
    }

    /** Those that said it then, whether or not others have taken their place since. */
    private List<Long> resolutions(long projectId, List<WindowVerdict> taught) {
        return sql.list("""
                select r.id from unnest(?, ?) as said (item, micros) join resolution r on r.item_id = said.item
                  and (extract(epoch from r.created_at) * 1000000)::bigint = said.micros
                where r.project_id = ? and r.origin in ('PERSON', 'REVIEWER') order by r.item_id""", row -> row.getLong(1),
                taught.stream().map(WindowVerdict::itemId).toArray(Long[]::new),
                taught.stream().map(one -> ChronoUnit.MICROS.between(Instant.EPOCH, one.at())).toArray(Long[]::new), projectId);
    }

    private static String hash(List<Long> ids) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ids.forEach(id -> digest.update(ByteBuffer.allocate(Long.BYTES).putLong(id).array()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ModelCard.Measure> measures(DetectionView view) {
        List<ModelCard.Measure> measures = new ArrayList<>();
        DetectionView.Quality quality = view.quality();
        if (quality.agreement() != null) {
            measures.add(new ModelCard.Measure("agreement with people", quality.agreement(), quality.measured(),
                    "On windows asked at random, each judged by the model before it had learned from the answer; by the run's detectors, which look around a point."));
        }
        if (quality.precision() != null) {
            measures.add(new ModelCard.Measure("precision of what it flags", quality.precision(), quality.flagged(), "On the same windows."));
        }
        return measures;
    }

    private static List<String> limits(DetectionView view, List<FittedSeries> fitted, List<SeriesInfo> all) {
        List<String> limits = new ArrayList<>();
        int measured = view.quality().measured();
        if (measured < ENOUGH_MEASURED) {
            limits.add(measured == 0 ? "Nothing has been measured: no window was asked at random yet." : "Measured on %d windows only; the intervals are wide.".formatted(measured));
        }
        limits.add("The figures are those of the detectors of the run, which also look at the points after the one they judge. Those that score point by point learned from all answers there were when the file was made, and have not been measured apart.");
        List<String> unanswered = fitted.stream().filter(one -> one.version() == 0 || one.trainings() == 0)
                .map(one -> all.stream().filter(info -> info.id() == one.seriesId()).map(SeriesInfo::name).findFirst().orElse("?")).toList();
        if (!unanswered.isEmpty()) {
            limits.add("Without an answer, and so only what is unusual: " + String.join(", ", unanswered.subList(0, Math.min(20, unanswered.size()))) + (unanswered.size() > 20 ? ", …" : "") + ".");
        }
        limits.add("Each detector knows one series: its scales, its rhythm, its patterns. Points of another one are measured against those.");
        limits.add("What a language model says of a window, and events that explain it, are not in the file.");
        limits.add("The file holds short pieces of the series, as patterns to compare with: keep it as you keep the values.");
        return limits;
    }
}
