package org.laudable.anomaly;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.laudable.dataset.ExportService;
import org.laudable.labeling.WindowVerdict;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.series.Channel;
import org.laudable.series.SeriesEvent;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;
import org.laudable.series.SeriesStore;

/**
 * What goes out of a project of series: every point with its score and label, and the anomalies as intervals; streamed.
 * For managers; access is checked before the first byte.
 */
@ApplicationScoped
public class ResultExport {
    private static final int PIECE = 8_192;
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter WINDOW_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final SeriesService series;
    private final SeriesStore store;
    private final LayerStore layers;
    private final AnomalyReader anomalies;
    private final Verdicts verdicts;
    private final ProjectAccess access;
    private final ProjectService projects;
    private final AuditLog audit;

    ResultExport(SeriesService series, SeriesStore store, LayerStore layers, AnomalyReader anomalies, Verdicts verdicts, ProjectAccess access,
            ProjectService projects, AuditLog audit) {
        this.series = series;
        this.store = store;
        this.layers = layers;
        this.anomalies = anomalies;
        this.verdicts = verdicts;
        this.access = access;
        this.projects = projects;
        this.audit = audit;
    }

    /** A file whose access has been checked. */
    public record Export(String fileName, Content content) {
        /** Writes it all, with the memory of a few thousand points; leaves {@code out} open. */
        public interface Content {
            void writeTo(OutputStream out) throws IOException;
        }
    }

    /** The points of one series: time, channels, score, flagged, label, origin. */
    public Export points(long seriesId, PointFormat format) {
        SeriesInfo info = series.find(seriesId);
        allow(info.projectId(), "points");
        return new Export(plain(info.name()) + format.ending(), out -> points(info, format, new Said(info.projectId()), out));
    }

    /** The points of every series, a file each. */
    public Export allPoints(long projectId, PointFormat format) {
        allow(projectId, "points");
        List<SeriesInfo> all = store.ofProject(projectId);
        return new Export(plain(projects.find(projectId).name()) + ".zip", out -> {
            Said said = new Said(projectId);
            ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            for (SeriesInfo info : all) {
                zip.putNextEntry(new ZipEntry(plain(info.name()) + "-" + info.id() + format.ending()));
                points(info, format, said, zip);
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    /**
     * Regions as tasks of Label Studio, one for each series: what people said as an annotation, what the model flags as a
     * prediction.
     */
    public Export regions(long projectId) {
        allow(projectId, "regions");
        List<SeriesInfo> series = store.ofProject(projectId);
        return new Export(plain(projects.find(projectId).name()) + "-label-studio.json", out -> {
            Said all = new Said(projectId);
            try (RegionTasks tasks = new RegionTasks(new ExportService.Unclosed(out))) {
                for (SeriesInfo info : series) {
                    List<RegionTasks.Region> said = new ArrayList<>();
                    for (WindowVerdict one : all.verdicts(info)) {
                        said.add(region(info, one.from(), one.to(), word(one.meaning()), null));
                    }
                    List<RegionTasks.Region> flagged = new ArrayList<>();
                    for (Anomaly one : all.anomalies(info)) {
                        if (one.verdict().isEmpty() && holds(one)) {
                            flagged.add(region(info, one.from(), one.to(), "anomaly", one.confidence()));
                        }
                    }
                    tasks.write(info.name(), said, flagged);
                }
            }
        });
    }

    private RegionTasks.Region region(SeriesInfo info, int from, int to, String label, Double score) {
        return new RegionTasks.Region(moment(info, from), moment(info, Math.min(to, info.points()) - 1), label, score);
    }

    private Instant moment(SeriesInfo info, int point) {
        return Instant.ofEpochMilli(store.times(info.id(), point, point + 1)[0]);
    }

    /** The events of every series in the form of Numenta's windows, weekly ones each time. */
    public Export events(long projectId) {
        allow(projectId, "events");
        List<SeriesInfo> all = store.ofProject(projectId);
        return new Export(plain(projects.find(projectId).name()) + "-events.json", out -> {
            JsonGenerator json = JSON.createGenerator(new ExportService.Unclosed(out)).useDefaultPrettyPrinter();
            json.writeStartObject();
            for (SeriesInfo info : all) {
                json.writeArrayFieldStart(info.name() + ".csv");
                for (SeriesEvent event : store.events(projectId, info.id())) {
                    for (SeriesEvent.Occurrence one : event.occurrences(info.startsAt(), info.endsAt(), info.zone())) {
                        json.writeStartArray();
                        json.writeString(windowTime(one.from(), info.zone()));
                        json.writeString(windowTime(one.to(), info.zone()));
                        json.writeEndArray();
                    }
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.close();
        });
    }

    /** The anomalies that hold (flagged, confirmed or propagated) in the form of Numenta's windows: a list of [from, to] for each series. */
    public Export intervals(long projectId) {
        allow(projectId, "intervals");
        List<SeriesInfo> all = store.ofProject(projectId);
        return new Export(plain(projects.find(projectId).name()) + "-windows.json", out -> {
            Said said = new Said(projectId);
            JsonGenerator json = JSON.createGenerator(new ExportService.Unclosed(out)).useDefaultPrettyPrinter();
            json.writeStartObject();
            for (SeriesInfo info : all) {
                json.writeArrayFieldStart(info.name() + ".csv");
                for (Anomaly one : said.anomalies(info).stream().filter(ResultExport::holds).sorted(Comparator.comparingInt(Anomaly::from)).toList()) {
                    json.writeStartArray();
                    json.writeString(windowTime(one.fromAt(), info.zone()));
                    json.writeString(windowTime(Instant.ofEpochMilli(store.times(info.id(), one.to() - 1, one.to())[0]), info.zone()));
                    json.writeEndArray();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.close();
        });
    }

    private void points(SeriesInfo info, PointFormat format, Said said, OutputStream out) throws IOException {
        List<Mark> marks = marks(info, said);
        double threshold = store.settings(info.projectId()).threshold();
        int channels = info.channels().size();
        try (PointTable table = PointTable.to(new BufferedOutputStream(new ExportService.Unclosed(out), 1 << 16), format, info.channels().stream().map(Channel::name).toList())) {
            double[] row = new double[channels];
            for (int from = 0; from < info.points(); from += PIECE) {
                int to = Math.min(info.points(), from + PIECE);
                long[] times = store.times(info.id(), from, to);
                double[][] values = store.window(info.id(), from, to);
                int start = from;
                List<Mark> here = marks.stream().filter(mark -> mark.from < to && mark.to > start).toList();
                double[] scores = layers.maxima(info.id(), Layer.PROBABILITY, from, to, 1);
                for (int t = 0; t < to - from; t++) {
                    for (int c = 0; c < channels; c++) {
                        row[c] = values[c][t];
                    }
                    Mark mark = at(here, from + t);
                    table.write(times[t], row, scores[t], scores[t] >= threshold, mark == null ? null : mark.label(), mark == null ? null : mark.origin());
                }
            }
        }
    }

    /** What is said of a point, and who says so. */
    private record Mark(int from, int to, String label, String origin) {}

    /** The last of a stretch's marks that covers a point: later ones lie over earlier ones. */
    private static Mark at(List<Mark> marks, int point) {
        for (int i = marks.size() - 1; i >= 0; i--) {
            if (marks.get(i).from <= point && point < marks.get(i).to) {
                return marks.get(i);
            }
        }
        return null;
    }

    private static List<Mark> marks(SeriesInfo info, Said said) {
        List<Mark> marks = new ArrayList<>();
        Map<AnomalyState, String> labels = Map.of(AnomalyState.SUGGESTED, "anomaly", AnomalyState.PROPAGATED, "anomaly", AnomalyState.EXPECTED, "expected");
        for (Anomaly one : said.anomalies(info)) {
            if (one.verdict().isEmpty() && labels.containsKey(one.state())) {
                marks.add(new Mark(one.from(), one.to(), labels.get(one.state()), one.state() == AnomalyState.PROPAGATED ? "propagated"
                        : one.state() == AnomalyState.EXPECTED ? "event" : "model"));
            }
        }
        for (WindowVerdict one : said.verdicts(info)) {
            marks.add(new Mark(one.from(), one.to(), word(one.meaning()), one.origin().toLowerCase(Locale.ROOT)));
        }
        return marks;
    }

    /** What is said of the series of a project, read once however many there are. */
    private final class Said {
        private final Map<Long, List<WindowVerdict>> bySeries;
        private final Function<SeriesInfo, List<Anomaly>> reader;

        Said(long projectId) {
            bySeries = verdicts.bySeries(projectId);
            reader = anomalies.oneByOne(projectId, bySeries);
        }

        List<Anomaly> anomalies(SeriesInfo info) {
            return reader.apply(info);
        }

        /** People's that say something. */
        List<WindowVerdict> verdicts(SeriesInfo info) {
            return bySeries.getOrDefault(info.id(), List.of()).stream().filter(one -> one.meaning() != null).toList();
        }
    }

    private static String word(Meaning meaning) {
        return meaning.name().toLowerCase(Locale.ROOT);
    }

    private static boolean holds(Anomaly one) {
        return one.state() == AnomalyState.SUGGESTED || one.state() == AnomalyState.CONFIRMED || one.state() == AnomalyState.PROPAGATED;
    }

    private void allow(long projectId, String what) {
        access.require(projectId, Role.MANAGER);
        audit.record("labels.exported", "project:" + projectId, projectId, Map.of("format", what));
    }

    private static String windowTime(Instant moment, ZoneId zone) {
        return WINDOW_TIME.format(moment.atZone(zone));
    }

    private static String plain(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_.]+", "-").replaceAll("^[-.]+|-$", "");
        return plain.isEmpty() ? "series" : plain;
    }
}
