package org.laudable.streaming;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * An anomaly as it is told to tables, pages and topics. Series and beginning are its identity; told again, the newer word counts.
 *
 * @param version of the model that found it
 * @param excerpt the points around it, packed; null while it goes on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Found(long projectId, long seriesId, String version, Instant from, Instant to, Instant peak, double probability, int points, String channel,
        String signal, boolean open, byte[] excerpt) {

    /** @param newest points of the series, oldest first */
    static Found of(Detector detector, LiveStretch stretch, List<LivePoint> newest) {
        return new Found(detector.projectId(), detector.seriesId(), detector.version(), Instant.ofEpochMilli(stretch.from()), Instant.ofEpochMilli(stretch.to()),
                Instant.ofEpochMilli(stretch.peak()), stretch.probability(), stretch.points(), detector.channel(stretch.channel()), stretch.signal(), stretch.open(),
                stretch.open() ? null : packed(around(stretch, newest)));
    }

    private static List<LivePoint> around(LiveStretch stretch, List<LivePoint> newest) {
        int from = 0;
        while (from < newest.size() && newest.get(from).millis() < stretch.from()) {
            from++;
        }
        return newest.subList(Math.max(0, from - LiveSeries.BEFORE), newest.size());
    }

    private static byte[] packed(List<LivePoint> points) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(points.size());
            for (LivePoint point : points) {
                byte[] one = point.packed();
                out.writeInt(one.length);
                out.write(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<LivePoint> unpacked(byte[] excerpt) {
        List<LivePoint> points = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(excerpt)))) {
            for (int n = in.readInt(); n > 0; n--) {
                points.add(LivePoint.unpacked(in.readNBytes(in.readInt())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return points;
    }
}
