package org.laudable.anomaly;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.laudable.dataset.ExportWriter;
import org.laudable.labeling.WindowVerdict;
import org.laudable.labeling.WindowVerdicts;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.series.Channel;
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
    private final WindowVerdicts verdicts;
    private final ProjectAccess access;
    private final ProjectService projects;
    private final AuditLog audit;

    ResultExport(SeriesService series, SeriesStore store, LayerStore layers, AnomalyReader anomalies, WindowVerdicts verdicts, ProjectAccess access,
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

    /** The points of one series as CSV: time, channels, score, flagged, label, origin. */
    public Export points(long seriesId) {
        SeriesInfo info = series.find(seriesId);
        allow(info.projectId(), "points");
        return new Export(plain(info.name()) + ".csv", out -> points(info, out));
    }

    /** The points of every series, a CSV each. */
    public Export allPoints(long projectId) {
        allow(projectId, "points");
        List<SeriesInfo> all = store.ofProject(projectId);
        return new Export(plain(projects.find(projectId).name()) + ".zip", out -> {
            ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            for (SeriesInfo info : all) {
                zip.putNextEntry(new ZipEntry(plain(info.name()) + "-" + info.id() + ".csv"));
                points(info, zip);
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    /** The anomalies that hold (flagged, confirmed or propagated) in the form of Numenta's windows: a list of [from, to] for each series. */
    public Export intervals(long projectId) {
        allow(projectId, "intervals");
        List<SeriesInfo> all = store.ofProject(projectId);
        return new Export(plain(projects.find(projectId).name()) + "-windows.json", out -> {
            JsonGenerator json = JSON.createGenerator(new Unclosed(out)).useDefaultPrettyPrinter();
            json.writeStartObject();
            for (SeriesInfo info : all) {
                json.writeArrayFieldStart(info.name() + ".csv");
                for (Anomaly one : anomalies.ofSeries(info).stream().filter(ResultExport::holds).sorted(Comparator.comparingInt(Anomaly::from)).toList()) {
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

    private void points(SeriesInfo info, OutputStream out) throws IOException {
        List<Mark> marks = marks(info);
        double threshold = store.settings(info.projectId()).threshold();
        CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(new BufferedOutputStream(new Unclosed(out), 1 << 16), StandardCharsets.UTF_8));
        int channels = info.channels().size();
        String[] row = new String[channels + 5];
        row[0] = "time";
        for (Channel channel : info.channels()) {
            row[1 + channel.ordinal()] = ExportWriter.harmless(channel.name());
        }
        row[channels + 1] = "score";
        row[channels + 2] = "flagged";
        row[channels + 3] = "label";
        row[channels + 4] = "origin";
        csv.writeRecord(row);
        for (int from = 0; from < info.points(); from += PIECE) {
            int to = Math.min(info.points(), from + PIECE);
            long[] times = store.times(info.id(), from, to);
            double[][] values = store.window(info.id(), from, to);
            int start = from;
            List<Mark> here = marks.stream().filter(mark -> mark.from < to && mark.to > start).toList();
            double[] scores = layers.maxima(info.id(), Layer.PROBABILITY, from, to, 1);
            for (int t = 0; t < to - from; t++) {
                row[0] = Instant.ofEpochMilli(times[t]).toString();
                for (int c = 0; c < channels; c++) {
                    row[1 + c] = Double.isNaN(values[c][t]) ? "" : number(values[c][t]);
                }
                row[channels + 1] = Double.isNaN(scores[t]) ? "" : Double.toString(Math.round(scores[t] * 1e5) / 1e5);
                row[channels + 2] = Double.isNaN(scores[t]) ? "" : scores[t] >= threshold ? "1" : "0";
                Mark mark = at(here, from + t);
                row[channels + 3] = mark == null ? "" : mark.label();
                row[channels + 4] = mark == null ? "" : mark.origin();
                csv.writeRecord(row);
            }
        }
        csv.flush();
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

    private List<Mark> marks(SeriesInfo info) {
        List<Mark> marks = new ArrayList<>();
        Map<AnomalyState, String> labels = Map.of(AnomalyState.SUGGESTED, "anomaly", AnomalyState.PROPAGATED, "anomaly", AnomalyState.EXPECTED, "expected");
        for (Anomaly one : anomalies.ofSeries(info)) {
            if (one.verdict().isEmpty() && labels.containsKey(one.state())) {
                marks.add(new Mark(one.from(), one.to(), labels.get(one.state()), one.state() == AnomalyState.PROPAGATED ? "propagated"
                        : one.state() == AnomalyState.EXPECTED ? "event" : "model"));
            }
        }
        for (WindowVerdict said : verdicts.of(info.projectId())) {
            if (said.seriesId() == info.id() && said.meaning() != null) {
                marks.add(new Mark(said.from(), said.to(), word(said.meaning()), said.origin().toLowerCase(Locale.ROOT)));
            }
        }
        return marks;
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

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }

    private static String windowTime(Instant moment, ZoneId zone) {
        return WINDOW_TIME.format(moment.atZone(zone));
    }

    private static String plain(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_.]+", "-").replaceAll("^[-.]+|-$", "");
        return plain.isEmpty() ? "series" : plain;
    }

    /** Lets a writer end without closing the response. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
