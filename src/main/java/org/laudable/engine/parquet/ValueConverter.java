package org.laudable.engine.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Says the values of one column as texts, numbers and truths; a text is unpacked once for each entry of a dictionary. */
final class ValueConverter extends PrimitiveConverter {
    private static final int LONGEST = 4_000_000;
    private static final int CACHED = 1_000;
    private static final long JULIAN_EPOCH = 2_440_588;

    private final RowAssembly row;
    private final String name;
    private final LogicalTypeAnnotation logical;
    private final PrimitiveType.PrimitiveTypeName physical;
    private final Consumer<Object> sink;
    private Dictionary dictionary;
    private String[] texts;

    ValueConverter(RowAssembly row, PrimitiveType type, Consumer<Object> sink) {
        this.row = row;
        this.name = type.getName();
        this.logical = type.getLogicalTypeAnnotation();
        this.physical = type.getPrimitiveTypeName();
        this.sink = sink;
    }

    @Override
    public boolean hasDictionarySupport() {
        return physical == PrimitiveType.PrimitiveTypeName.BINARY;
    }

    @Override
    public void setDictionary(Dictionary entries) {
        dictionary = entries;
        texts = new String[entries.getMaxId() + 1];
    }

    @Override
    public void addValueFromDictionary(int id) {
        if (texts[id] != null && row.roomFor(texts[id].length())) {
            sink.accept(texts[id]);
            return;
        }
        Object value = binary(dictionary.decodeToBinary(id));
        if (value instanceof String text && text.length() <= CACHED) {
            texts[id] = text;
        }
        sink.accept(value);
    }

    @Override
    public void addBinary(Binary value) {
        sink.accept(binary(value));
    }

    @Override
    public void addBoolean(boolean value) {
        sink.accept(value);
    }

    @Override
    public void addDouble(double value) {
        sink.accept(value);
    }

    @Override
    public void addFloat(float value) {
        // the shortest decimal that is this float: .1f is meant as .1
        sink.accept(Float.isFinite(value) ? Double.parseDouble(Float.toString(value)) : (double) value);
    }

    @Override
    public void addInt(int value) {
        sink.accept(switch (logical) {
            case DateLogicalTypeAnnotation date -> LocalDate.ofEpochDay(value).toString();
            case DecimalLogicalTypeAnnotation decimal -> BigDecimal.valueOf(value, decimal.getScale()).toPlainString();
            case TimeLogicalTypeAnnotation time -> LocalTime.ofNanoOfDay(Math.floorMod(value * 1_000_000L, 86_400_000_000_000L)).toString();
            case null, default -> (long) value;
        });
    }

    @Override
    public void addLong(long value) {
        sink.accept(switch (logical) {
            case TimestampLogicalTypeAnnotation time -> timestamp(value, time);
            case DecimalLogicalTypeAnnotation decimal -> BigDecimal.valueOf(value, decimal.getScale()).toPlainString();
            case TimeLogicalTypeAnnotation time -> LocalTime.ofNanoOfDay(Math.floorMod(
                    time.getUnit() == LogicalTypeAnnotation.TimeUnit.MICROS ? value * 1_000 : value, 86_400_000_000_000L)).toString();
            case null, default -> value;
        });
    }

    private static String timestamp(long value, TimestampLogicalTypeAnnotation time) {
        long perSecond = switch (time.getUnit()) {
            case MILLIS -> 1_000L;
            case MICROS -> 1_000_000L;
            case NANOS -> 1_000_000_000L;
        };
        String written = Instant.ofEpochSecond(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond)).toString();
        // a time without a zone must not look as if it were in UTC
        return time.isAdjustedToUTC() ? written : written.substring(0, written.length() - 1);
    }

    private Object binary(Binary value) {
        if (value.length() > LONGEST) {
            row.refuse("the value of '%s' is longer than 4,000,000 bytes".formatted(name));
            return null;
        }
        if (!row.roomFor(value.length())) {
            return null;
        }
        return switch (logical) {
            case DecimalLogicalTypeAnnotation decimal when value.length() <= 64 -> new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale()).toPlainString();
            case UUIDLogicalTypeAnnotation uuid when value.length() == 16 -> {
                ByteBuffer bytes = value.toByteBuffer();
                yield new UUID(bytes.getLong(), bytes.getLong()).toString();
            }
            case Float16LogicalTypeAnnotation half when value.length() == 2 ->
                    (double) Float.float16ToFloat(value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getShort());
            case null -> physical == PrimitiveType.PrimitiveTypeName.INT96 && value.length() == 12 ? julian(value) : text(value);
            default -> text(value);
        };
    }

    /** The form of times before there were timestamps. */
    private static String julian(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        return Instant.ofEpochSecond((bytes.getInt() - JULIAN_EPOCH) * 86_400, nanos).toString();
    }

    private Object text(Binary value) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        try {
            CharBuffer characters = decoder.decode(value.toByteBuffer());
            return characters.toString();
        } catch (CharacterCodingException e) {
            row.heldBytes();
            return null;
        }
    }
}
