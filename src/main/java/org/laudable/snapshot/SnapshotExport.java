package org.laudable.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.laudable.database.Sql;
import org.laudable.dataset.ExportFormat;
import org.laudable.dataset.ExportService;
import org.laudable.dataset.ExportWriter;
import org.laudable.dataset.ExportedRow;
import org.laudable.snapshot.SnapshotRow.Label;
import org.laudable.snapshot.SnapshotRow.Window;

/**
 * Writes exactly what a snapshot says, in the formats labels go out in; a chunk in memory at a time. Texts, ids and metadata
 * come from the rows of files, which never change; people are named as they are called now. Checks no access.
 */
@ApplicationScoped
class SnapshotExport {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> WINDOW = List.of("series", "from", "to", "label", "outcome", "origin", "confidence", "annotators", "labeled_at", "channels");

    private final SnapshotRepository snapshots;
    private final Sql sql;

    SnapshotExport(SnapshotRepository snapshots, Sql sql) {
        this.snapshots = snapshots;
        this.sql = sql;
    }

    private record Text(String externalId, String body, @Nullable String metadata) {}

    void texts(Snapshot snapshot, ExportFormat format, boolean labeledOnly, OutputStream out) throws IOException {
        Names names = new Names(snapshot);
        List<String> classes = snapshot.classes().stream().filter(one -> !one.retired() || snapshot.counts().containsKey(one.id()))
                .sorted(Comparator.comparing(Snapshot.ClassThen::retired)).map(Snapshot.ClassThen::name).toList();
        ExportWriter writer = ExportWriter.to(new ExportService.Unclosed(out), format, classes);
        long after = 0;
        long read = 0;
        for (var chunk = snapshots.chunkAfter(snapshot.id(), after); chunk.isPresent(); chunk = snapshots.chunkAfter(snapshot.id(), after)) {
            List<SnapshotRow> rows = chunk.get().rows();
            Map<Long, Text> texts = texts(snapshot.projectId(), rows.getFirst().key(), rows.getLast().key());
            names.read(rows);
            for (SnapshotRow row : rows) {
                if (row.label() != null || !labeledOnly) {
                    writer.write(exported(row, texts.get(row.key()), names));
                }
            }
            after = chunk.get().lastKey();
            read += rows.size();
        }
        checkWhole(snapshot, read);
        writer.close();
    }

    /** A snapshot removed while it goes out would else end as if it had no more rows. */
    private static void checkWhole(Snapshot snapshot, long read) throws IOException {
        if (read != snapshot.rows()) {
            throw new IOException("The snapshot '%s' has %d rows, of which %d were there: it was removed meanwhile".formatted(snapshot.name(), snapshot.rows(), read));
        }
    }

    private ExportedRow exported(SnapshotRow row, @Nullable Text text, Names names) throws IOException {
        if (text == null) {
            throw new IOException("A text of the snapshot is gone");
        }
        Label label = row.label();
        String known = row.knownClass() == 0 ? null : names.classes.get(row.knownClass());
        if (label == null) {
            return new ExportedRow(text.externalId, text.body, null, null, null, null, List.of(), null, null, null, known, text.metadata, List.of());
        }
        return new ExportedRow(text.externalId, text.body, label.classId() == 0 ? null : names.classes.get(label.classId()), names.outcome(label),
                label.origin(), label.confidence(), names.people(label), label.at(), label.activeMillis() < 0 ? null : label.activeMillis() / 1000.0,
                label.modelVersion() < 0 ? null : label.modelVersion(), known, text.metadata, List.of());
    }

    private Map<Long, Text> texts(long projectId, long first, long last) {
        Map<Long, Text> texts = new HashMap<>();
        sql.list("""
                select w.id, w.external_id, i.body, w.metadata::text from item_row w join item i on i.id = w.item_id
                where w.project_id = ? and w.id between ? and ?""",
                row -> texts.put(row.getLong(1), new Text(row.getString(2), row.getString(3), row.getString(4))), projectId, first, last);
        return texts;
    }

    /** Labeled windows: a line each. */
    void windows(Snapshot snapshot, ExportFormat format, OutputStream out) throws IOException {
        Names names = new Names(snapshot);
        Map<Long, String> series = new HashMap<>();
        snapshots.series(snapshot.id()).forEach((id, one) -> series.put(id, one.path("name").asText()));
        OutputStreamWriter text = new OutputStreamWriter(new ExportService.Unclosed(out), StandardCharsets.UTF_8);
        CsvWriter csv = format == ExportFormat.CSV ? CsvWriter.builder().build(text) : null;
        JsonGenerator json = csv == null ? JSON.createGenerator(text).setRootValueSeparator(null) : null;
        if (csv != null) {
            csv.writeRecord(WINDOW);
        }
        long read = 0;
        for (Rows rows = new Rows(snapshots, snapshot.id(), 0); rows.hasNext(); read++) {
            SnapshotRow row = rows.next();
            names.read(List.of(row));
            List<String> cells = cells(row, series, names);
            if (csv != null) {
                csv.writeRecord(cells.stream().map(ExportWriter::harmless).toList());
            } else {
                json.writeStartObject();
                for (int i = 0; i < cells.size(); i++) {
                    json.writeStringField(WINDOW.get(i), cells.get(i).isEmpty() ? null : cells.get(i));
                }
                json.writeEndObject();
                json.writeRaw('\n');
            }
        }
        checkWhole(snapshot, read);
        if (csv != null) {
            csv.close();
        } else {
            json.close();
        }
    }

    private static List<String> cells(SnapshotRow row, Map<Long, String> series, Names names) {
        Label label = row.label();
        Window window = row.window();
        return List.of(series.getOrDefault(window.seriesId(), ""), Instant.ofEpochMilli(window.fromMillis()).toString(),
                Instant.ofEpochMilli(window.toMillis()).toString(), label.classId() == 0 ? "" : names.classes.getOrDefault(label.classId(), ""),
                names.outcome(label), label.origin().name().toLowerCase(java.util.Locale.ROOT), label.confidence() == null ? "" : label.confidence().toString(),
                String.join(" ", names.people(label)), label.at().toString(),
                String.join(" ", window.channels().stream().map(String::valueOf).toList()));
    }

    /** Classes as they were called then, people as they are called now. */
    private final class Names {
        private final Map<Long, String> classes = new HashMap<>();
        private final Map<Long, String> people = new HashMap<>();

        Names(Snapshot snapshot) {
            snapshot.classes().forEach(one -> classes.put(one.id(), one.name()));
        }

        void read(List<SnapshotRow> rows) {
            List<Long> missing = new ArrayList<>();
            rows.stream().filter(row -> row.label() != null).flatMap(row -> row.label().annotators().stream()).filter(id -> !people.containsKey(id))
                    .distinct().forEach(missing::add);
            if (!missing.isEmpty()) {
                missing.forEach(id -> people.put(id, "account-" + id));
                sql.list("select id, username from account where id = any (?)", row -> people.put(row.getLong(1), row.getString(2)),
                        (Object) missing.toArray(Long[]::new));
            }
        }

        List<String> people(Label label) {
            return label.annotators().stream().map(people::get).toList();
        }

        String outcome(Label label) {
            return label.classId() == 0 ? "none of these" : "label";
        }
    }
}
