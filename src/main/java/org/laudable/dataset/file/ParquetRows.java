package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import org.laudable.engine.parquet.ParquetRow;
import org.laudable.engine.parquet.ParquetSource;
import org.laudable.engine.parquet.UnreadableParquet;

/** Rows of a Parquet file; classes that stand in it as numbers get the names that its notes give them. */
final class ParquetRows extends RowReader {
    private static final int LOOKED_AT = 1_000;

    private final ParquetSource source;
    private final List<String> fields;
    private final ClassNames names;
    private final Translation translation;
    private final List<String> columns;
    private final Queue<FileRow> waiting = new ArrayDeque<>();
    private final long bytes;
    private long number;

    ParquetRows(Path file, Shape shape, List<String> known) throws IOException, UnreadableFile {
        source = opened(file);
        try {
            bytes = Files.size(file);
            fields = source.columns();
            names = ClassNames.of(source.notes());
            translation = shape.translation();
            columns = !known.isEmpty() ? known : shape == Shape.PLAIN ? fields : lookAhead();
        } catch (IOException | UnreadableFile | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static ParquetSource opened(Path file) throws IOException, UnreadableFile {
        try {
            return ParquetSource.open(file);
        } catch (UnreadableParquet e) {
            throw new UnreadableFile(e.getMessage());
        }
    }

    /** The first rows as objects, for finding out whose they are. */
    static List<ObjectNode> sample(Path file, int most) throws IOException, UnreadableFile {
        List<ObjectNode> found = new ArrayList<>();
        try (ParquetRows rows = new ParquetRows(file, Shape.PLAIN, List.of())) {
            for (Optional<FileRow> row = rows.next(); row.isPresent() && found.size() < most; row = rows.next()) {
                if (row.get().json() != null) {
                    found.add(row.get().json());
                }
            }
        }
        return found;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public OptionalLong rows() {
        return OptionalLong.of(source.rows());
    }

    @Override
    public long bytesRead() {
        return source.rows() == 0 ? bytes : bytes * number / source.rows();
    }

    @Override
    public Optional<FileRow> next() throws IOException, UnreadableFile {
        return Optional.ofNullable(waiting.isEmpty() ? read() : waiting.remove()).map(row -> row.in(columns));
    }

    private List<String> lookAhead() throws IOException, UnreadableFile {
        Set<String> found = new LinkedHashSet<>();
        for (FileRow row = read(); row != null; row = read()) {
            waiting.add(row);
            if (row.json() != null) {
                row.json().fieldNames().forEachRemaining(found::add);
            }
            if (waiting.size() >= LOOKED_AT) {
                break;
            }
        }
        return Translation.inOrder(found);
    }

    private FileRow read() throws IOException, UnreadableFile {
        ParquetRow row;
        try {
            row = source.next();
        } catch (UnreadableParquet e) {
            throw new UnreadableFile(e.getMessage());
        }
        if (row == null) {
            return null;
        }
        number++;
        if (row.problem() != null) {
            return FileRow.unreadable(number, "", row.problem());
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < fields.size(); i++) {
            JsonNode value = row.json(i);
            if (!value.isNull()) {
                object.set(fields.get(i), names.named(fields.get(i), value));
            }
        }
        Translated translated = translation.of(object);
        if (translated.problem() != null) {
            return FileRow.unreadable(number, object.toString(), translated.problem());
        }
        if (row.bytes()) {
            List<LeftOut> leftOut = new ArrayList<>(translated.leftOut());
            leftOut.add(LeftOut.BYTES);
            translated = Translated.of(translated.row(), leftOut);
        }
        return FileRow.of(number, translated);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
