package org.laudable.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.laudable.engine.parquet.ParquetSink;
import org.laudable.engine.parquet.ParquetSink.Column;
import org.laudable.engine.parquet.ParquetSink.Kind;

/** An export as Parquet, with the classes by name, or as numbers that Hugging Face's datasets know the names of. */
final class ParquetExport implements ExportWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ParquetSink out;
    private final List<String> classes;

    private ParquetExport(OutputStream stream, List<String> classes) throws IOException {
        this.classes = classes;
        List<Column> columns = new ArrayList<>(List.of(new Column("id", Kind.TEXT), new Column("text", Kind.TEXT),
                new Column("label", classes == null ? Kind.TEXT : Kind.LONG), new Column("outcome", Kind.TEXT), new Column("origin", Kind.TEXT),
                new Column("confidence", Kind.FLOAT), new Column("annotators", Kind.TEXTS), new Column("labeled_at", Kind.TIME),
                new Column("seconds", Kind.DOUBLE), new Column("model_version", Kind.LONG), new Column("known_label", Kind.TEXT),
                new Column("metadata", Kind.TEXT)));
        out = new ParquetSink(stream, columns, classes == null ? Map.of() : Map.of("huggingface", features(columns, classes)));
    }

    static ParquetExport names(OutputStream out) throws IOException {
        return new ParquetExport(out, null);
    }

    static ParquetExport numbers(OutputStream out, List<String> classes) throws IOException {
        return new ParquetExport(out, classes);
    }

    @Override
    public void write(ExportedRow row) throws IOException {
        Object label = classes == null || row.label() == null ? row.label() : number(row.label());
        out.write(row.id(), row.text(), label, row.outcome(), row.by(), row.confidence(), row.annotators(),
                row.labeledAt() == null ? null : row.labeledAt().toEpochMilli(), row.seconds(), row.modelVersion(), row.knownLabel(), row.metadata());
    }

    /** Of a class that the file's list lacks there is no number, and −1 would say 'no label'. */
    private Integer number(String label) throws IOException {
        int number = classes.indexOf(label);
        if (number < 0) {
            throw new IOException("The export broke off: the class '" + label + "' was not there when it began");
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** What the datasets library notes of its columns. */
    private static String features(List<Column> columns, List<String> classes) {
        ObjectNode notes = JSON.createObjectNode();
        ObjectNode features = notes.putObject("info").putObject("features");
        for (Column column : columns) {
            ObjectNode feature = features.putObject(column.name());
            if (column.name().equals("label")) {
                classes.forEach(feature.putArray("names")::add);
                feature.put("_type", "ClassLabel");
            } else if (column.kind() == Kind.TEXTS) {
                feature.putObject("feature").put("dtype", "string").put("_type", "Value");
                feature.put("_type", "Sequence");
            } else {
                feature.put("dtype", switch (column.kind()) {
                    case LONG -> "int64";
                    case FLOAT -> "float32";
                    case DOUBLE -> "float64";
                    case BOOLEAN -> "bool";
                    case TIME -> "timestamp[ms, tz=UTC]";
                    default -> "string";
                }).put("_type", "Value");
            }
        }
        return notes.toString();
    }
}
