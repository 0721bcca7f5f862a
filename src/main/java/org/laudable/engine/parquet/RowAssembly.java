package org.laudable.engine.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Puts rows together out of columns; lists, maps and structures become JSON. One row may hold
 * 10,000 nested values and 16 MB of text.
 */
final class RowAssembly extends RecordMaterializer<ParquetRow> {
    private static final int MOST_NESTED = 10_000;
    private static final long MOST_BYTES = 16 << 20;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Object[] row;
    private final GroupConverter root;
    private String problem;
    private boolean bytes;
    private int nested;
    private long texts;

    RowAssembly(MessageType schema) {
        row = new Object[schema.getFieldCount()];
        List<Converter> fields = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            int at = i;
            Type type = schema.getType(i);
            fields.add(type.isRepetition(Type.Repetition.REPEATED)
                    ? converter(type, value -> append(row[at] instanceof ArrayNode there ? there : array(at), value))
                    : converter(type, value -> row[at] = value));
        }
        root = new Group(fields, () -> {
            Arrays.fill(row, null);
            problem = null;
            bytes = false;
            nested = 0;
            texts = 0;
        }, () -> { });
    }

    @Override
    public ParquetRow getCurrentRecord() {
        return new ParquetRow(Arrays.asList(row.clone()), problem, bytes);
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    /** Whether the row has room for a text of so many bytes. */
    boolean roomFor(int length) {
        texts += length;
        if (texts > MOST_BYTES) {
            problem = "the row holds more than 16 MB of text";
        }
        return texts <= MOST_BYTES;
    }

    void refuse(String why) {
        problem = why;
    }

    void heldBytes() {
        bytes = true;
    }

    private ArrayNode array(int at) {
        ArrayNode array = JSON.arrayNode();
        row[at] = array;
        return array;
    }

    private Converter converter(Type type, Consumer<Object> sink) {
        if (type.isPrimitive()) {
            return new ValueConverter(this, type.asPrimitiveType(), sink);
        }
        GroupType group = type.asGroupType();
        LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
        boolean wrapsOne = group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
        if (logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation && wrapsOne) {
            return list(group.getType(0), sink);
        }
        if (logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation && wrapsOne && !group.getType(0).isPrimitive()
                && group.getType(0).asGroupType().getFieldCount() == 2) {
            return map(group.getType(0).asGroupType(), sink);
        }
        return struct(group, sink);
    }

    private Converter list(Type repeated, Consumer<Object> sink) {
        ArrayNode[] open = new ArrayNode[1];
        Converter element;
        if (!repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1) {
            Object[] one = new Object[1];
            element = new Group(List.of(converter(repeated.asGroupType().getType(0), value -> one[0] = value)),
                    () -> one[0] = null, () -> append(open[0], one[0]));
        } else {
            element = converter(repeated, value -> append(open[0], value));
        }
        return new Group(List.of(element), () -> open[0] = JSON.arrayNode(), () -> sink.accept(open[0]));
    }

    private Converter map(GroupType pair, Consumer<Object> sink) {
        ObjectNode[] open = new ObjectNode[1];
        Object[] both = new Object[2];
        Converter entry = new Group(List.of(converter(pair.getType(0), key -> both[0] = key), converter(pair.getType(1), value -> both[1] = value)),
                () -> Arrays.fill(both, null), () -> set(open[0], String.valueOf(both[0]), both[1]));
        return new Group(List.of(entry), () -> open[0] = JSON.objectNode(), () -> sink.accept(open[0]));
    }

    private Converter struct(GroupType group, Consumer<Object> sink) {
        ObjectNode[] open = new ObjectNode[1];
        List<Converter> fields = new ArrayList<>();
        for (Type field : group.getFields()) {
            fields.add(field.isRepetition(Type.Repetition.REPEATED) ? converter(field, value -> append(open[0].withArrayProperty(field.getName()), value))
                    : converter(field, value -> set(open[0], field.getName(), value)));
        }
        return new Group(fields, () -> open[0] = JSON.objectNode(), () -> sink.accept(open[0]));
    }

    private void append(ArrayNode into, Object value) {
        if (room()) {
            into.add(json(value));
        }
    }

    private void set(ObjectNode into, String name, Object value) {
        if (room()) {
            into.set(name, json(value));
        }
    }

    private boolean room() {
        if (++nested > MOST_NESTED) {
            problem = "the row holds more than 10,000 nested values";
            return false;
        }
        return true;
    }

    /** A value as JSON. */
    static JsonNode json(Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case JsonNode node -> node;
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case Boolean truth -> JSON.booleanNode(truth);
            default -> JSON.textNode(value.toString());
        };
    }

    /** Fields, and what happens before and after them. */
    private static final class Group extends GroupConverter {
        private final List<Converter> fields;
        private final Runnable begins;
        private final Runnable ends;

        Group(List<Converter> fields, Runnable begins, Runnable ends) {
            this.fields = fields;
            this.begins = begins;
            this.ends = ends;
        }

        @Override
        public Converter getConverter(int field) {
            return fields.get(field);
        }

        @Override
        public void start() {
            begins.run();
        }

        @Override
        public void end() {
            ends.run();
        }
    }
}
