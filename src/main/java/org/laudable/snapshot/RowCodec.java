package org.laudable.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.laudable.dataset.Origin;
import org.laudable.snapshot.SnapshotRow.Label;
import org.laudable.snapshot.SnapshotRow.Window;

/** Packs rows: numbers as differences to the row before, in as few bytes as they need, then deflated. */
final class RowCodec {
    private static final int LABEL = 1;
    private static final int CONFIDENCE = 2;
    private static final int WINDOW = 4;
    private static final Origin[] ORIGINS = {Origin.PERSON, Origin.REVIEWER, Origin.LLM, Origin.MODEL, Origin.PROPAGATED};

    private RowCodec() {}

    static byte[] pack(List<SnapshotRow> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        Deflater deflater = new Deflater(6);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 1 << 14))) {
            SnapshotRow before = null;
            for (SnapshotRow row : rows) {
                write(out, row, before);
                before = row;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    static List<SnapshotRow> unpack(byte[] bytes, int count) {
        try (DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)), 1 << 14))) {
            List<SnapshotRow> rows = new ArrayList<>(count);
            SnapshotRow before = null;
            for (int i = 0; i < count; i++) {
                before = read(in, before);
                rows.add(before);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("A snapshot's rows cannot be read", e);
        }
    }

    /** A row by itself: the same bytes wherever it lies. */
    static byte[] alone(SnapshotRow row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, row, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, SnapshotRow row, SnapshotRow before) throws IOException {
        Label label = row.label();
        Window window = row.window();
        out.writeByte((label == null ? 0 : LABEL) | (label == null || label.confidence() == null ? 0 : CONFIDENCE) | (window == null ? 0 : WINDOW));
        number(out, row.key() - (before == null ? 0 : before.key()));
        number(out, row.itemId() - (before == null ? 0 : before.itemId()));
        number(out, row.knownClass());
        if (label != null) {
            out.writeByte(java.util.Arrays.asList(ORIGINS).indexOf(label.origin()));
            number(out, label.classId());
            if (label.confidence() != null) {
                out.writeFloat(label.confidence());
            }
            number(out, label.annotators().size());
            for (long person : label.annotators()) {
                number(out, person);
            }
            number(out, micros(label) - (before == null || before.label() == null ? 0 : micros(before.label())));
            number(out, label.modelVersion());
            number(out, label.activeMillis());
        }
        if (window != null) {
            number(out, window.seriesId());
            number(out, window.from());
            number(out, window.to());
            number(out, window.fromMillis());
            number(out, window.toMillis());
            number(out, window.channels().size());
            for (int channel : window.channels()) {
                number(out, channel);
            }
        }
    }

    private static SnapshotRow read(DataInputStream in, SnapshotRow before) throws IOException {
        int flags = in.readUnsignedByte();
        long key = number(in) + (before == null ? 0 : before.key());
        long item = number(in) + (before == null ? 0 : before.itemId());
        long known = number(in);
        Label label = null;
        if ((flags & LABEL) != 0) {
            Origin origin = ORIGINS[in.readUnsignedByte()];
            long classId = number(in);
            Float confidence = (flags & CONFIDENCE) != 0 ? (Float) in.readFloat() : null;
            List<Long> annotators = new ArrayList<>();
            for (long n = number(in); n > 0; n--) {
                annotators.add(number(in));
            }
            long micros = number(in) + (before == null || before.label() == null ? 0 : micros(before.label()));
            label = new Label(classId, origin, confidence, List.copyOf(annotators), Instant.EPOCH.plus(micros, ChronoUnit.MICROS), (int) number(in), number(in));
        }
        return new SnapshotRow(key, item, label, known, (flags & WINDOW) != 0 ? window(in) : null);
    }

    private static Window window(DataInputStream in) throws IOException {
        long series = number(in);
        int from = (int) number(in);
        int to = (int) number(in);
        long fromMillis = number(in);
        long toMillis = number(in);
        List<Integer> channels = new ArrayList<>();
        for (long n = number(in); n > 0; n--) {
            channels.add((int) number(in));
        }
        return new Window(series, from, to, fromMillis, toMillis, List.copyOf(channels));
    }

    private static long micros(Label label) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, label.at());
    }

    /** Seven bits a byte, the sign in the lowest. */
    private static void number(DataOutputStream out, long value) throws IOException {
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long number(DataInputStream in) throws IOException {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
    }
}
