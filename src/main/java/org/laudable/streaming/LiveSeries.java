package org.laudable.streaming;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.laudable.engine.series.OnlineScorer;

/**
 * One series as it is scored live: takes its points one by one, whichever way they come, and remembers what it needs for
 * the next. Can be put away after any point and taken up elsewhere as if nothing had happened. Knows no clock: the same
 * points in the same order say the same. For one thread at a time.
 */
final class LiveSeries {
    /** So many of the newest points are kept beside it: as far back as features look, and the longest stretch. */
    static final int RING = 640;
    /** Points before a stretch that its excerpt has, so that whoever learns from it sees what the detector saw. */
    static final int BEFORE = 380;
    /** So many points that are not flagged end a stretch. */
    static final int GAP = 3;
    /** A stretch ends here though it is flagged on; what follows is another one. */
    static final int LONGEST = 200;
    /** Scores a drift is measured on; two such windows in a row beyond the mark are a drift. */
    static final int WINDOW = 1_000;
    private static final int MOMENTS = 256;
    private static final int RECENT = 120;
    private static final int STATE = 1;

    private final Detector detector;
    private final OnlineScorer scorer;
    private final long[] moments = new long[MOMENTS];
    private final float[] recent = new float[RECENT];
    private final int[] scores;
    private long points;
    private long gaps;
    private long late;
    private long duplicates;
    private long last = Long.MIN_VALUE;
    private LiveStretch stretch;
    private int quiet;
    private int scored;
    private double drift = Double.NaN;
    private int windows;
    private final List<LiveStretch> news = new ArrayList<>();

    private LiveSeries(Detector detector, OnlineScorer scorer) {
        this.detector = detector;
        this.scorer = scorer;
        this.scores = new int[detector.drift().shares().length];
        Arrays.fill(moments, Long.MIN_VALUE);
    }

    /** What became of a point. */
    enum Fate {
        SCORED,
        /** Before one that was scored; what was said is not changed. */
        LATE,
        /** Of a moment that was scored. */
        DUPLICATE
    }

    /** @param verdict null unless it was scored */
    record Said(LivePoint point, Fate fate, OnlineScorer.Verdict verdict) {}

    /** @param past the newest points before the first, oldest first, one at least; it looks back at them and says nothing of them */
    static LiveSeries begin(Detector detector, List<LivePoint> past) {
        OnlineScorer scorer = detector.scorer(past.getFirst().millis());
        for (LivePoint point : past) {
            scorer.push(Math.floorDiv(point.millis(), 1_000L), point.values());
        }
        LiveSeries series = new LiveSeries(detector, scorer);
        series.last = past.getLast().millis();
        for (LivePoint point : past.subList(Math.max(0, past.size() - MOMENTS), past.size())) {
            series.moments[series.place(point)] = point.millis();
        }
        return series;
    }

    /** The same series under another detector; counts go on, an open stretch ends. */
    LiveSeries under(Detector other, List<LivePoint> past) {
        LiveSeries next = begin(other, past);
        next.points = points;
        next.gaps = gaps;
        next.late = late;
        next.duplicates = duplicates;
        System.arraycopy(recent, 0, next.recent, 0, RECENT);
        if (stretch != null) {
            next.news.add(ended(stretch));
        }
        return next;
    }

    /** The same, with more points counted that were scored before. */
    LiveSeries from(long number) {
        points = number;
        return this;
    }

    /** Takes the next point, with as many values as the detector has channels. */
    Said take(LivePoint point) {
        int place = place(point);
        if (point.millis() <= last) {
            boolean same = point.millis() == last || moments[place] == point.millis();
            duplicates += same ? 1 : 0;
            late += same ? 0 : 1;
            return new Said(point, same ? Fate.DUPLICATE : Fate.LATE, null);
        }
        gaps += last != Long.MIN_VALUE && point.millis() - last > detector.stepMillis() * 3 / 2 ? 1 : 0;
        last = point.millis();
        moments[place] = last;
        OnlineScorer.Verdict verdict = scorer.push(Math.floorDiv(point.millis(), 1_000L), point.values());
        recent[(int) (points++ % RECENT)] = (float) verdict.probability();
        watch(verdict.score());
        boolean settled = scorer.points() > scorer.settlesAfter();
        follow(point.millis(), verdict, settled && verdict.anomaly());
        return new Said(point, Fate.SCORED, verdict);
    }

    private int place(LivePoint point) {
        return (int) Math.floorMod(point.millis() / detector.stepMillis(), (long) MOMENTS);
    }

    private void follow(long millis, OnlineScorer.Verdict verdict, boolean flagged) {
        if (stretch == null && !flagged) {
            return;
        }
        if (flagged) {
            boolean higher = stretch == null || verdict.probability() > stretch.probability();
            stretch = new LiveStretch(stretch == null ? millis : stretch.from(), millis, higher ? millis : stretch.peak(),
                    higher ? verdict.probability() : stretch.probability(), stretch == null ? 1 : stretch.points() + quiet + 1,
                    higher ? verdict.channel() : stretch.channel(), higher ? signal(verdict) : stretch.signal(), true);
            quiet = 0;
        } else {
            quiet++;
        }
        if (quiet >= GAP || stretch.points() >= LONGEST) {
            tell(ended(stretch));
            stretch = null;
            quiet = 0;
        } else if (flagged) {
            tell(stretch);
        }
    }

    /** The newest word on a stretch takes the place of an older one that nobody has heard. */
    private void tell(LiveStretch one) {
        news.removeIf(other -> other.from() == one.from());
        news.add(one);
    }

    private static LiveStretch ended(LiveStretch s) {
        return new LiveStretch(s.from(), s.to(), s.peak(), s.probability(), s.points(), s.channel(), s.signal(), false);
    }

    private static String signal(OnlineScorer.Verdict verdict) {
        double most = Math.max(verdict.alarm(), Math.max(verdict.potential(), verdict.unusual()));
        return most < .5 ? "LEARNED" : most == verdict.alarm() ? "VAE" : most == verdict.potential() ? "LEVEL" : "NOVELTY";
    }

    private void watch(double score) {
        scores[detector.drift().share(score)]++;
        if (++scored == WINDOW) {
            drift = detector.drift().index(scores);
            windows = drift > Drift.SHIFTED ? windows + 1 : 0;
            Arrays.fill(scores, 0);
            scored = 0;
        }
    }

    /** Stretches that began, went on or ended since the last call. */
    List<LiveStretch> news() {
        List<LiveStretch> told = List.copyOf(news);
        news.clear();
        return told;
    }

    Detector detector() {
        return detector;
    }

    /** Scored so far; the number of the next point. */
    long points() {
        return points;
    }

    long gaps() {
        return gaps;
    }

    long late() {
        return late;
    }

    long duplicates() {
        return duplicates;
    }

    /** The newest point's moment; the least number there is before the first. */
    long last() {
        return last;
    }

    /** The population stability index of the last full window; NaN before the first. */
    double drift() {
        return drift;
    }

    boolean drifted() {
        return windows >= 2;
    }

    /** Probabilities of the newest points, oldest first. */
    float[] recent() {
        int n = (int) Math.min(points, RECENT);
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            out[i] = recent[(int) ((points - n + i) % RECENT)];
        }
        return out;
    }

    byte[] state() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(STATE);
            out.writeLong(detector.id());
            out.writeLong(points);
            out.writeLong(gaps);
            out.writeLong(late);
            out.writeLong(duplicates);
            out.writeLong(last);
            for (long one : moments) {
                out.writeLong(one);
            }
            for (float one : recent) {
                out.writeFloat(one);
            }
            out.writeBoolean(stretch != null);
            if (stretch != null) {
                write(out, stretch);
            }
            out.writeInt(quiet);
            out.writeInt(scored);
            out.writeDouble(drift);
            out.writeInt(windows);
            out.writeInt(scores.length);
            for (int count : scores) {
                out.writeInt(count);
            }
            byte[] inner = scorer.state();
            out.writeInt(inner.length);
            out.write(inner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Which detector a state belongs to. */
    static long detectorOf(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            in.readInt();
            return in.readLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many points had been scored. */
    static long pointsOf(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            in.readInt();
            in.readLong();
            return in.readLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes on where another one of the same detector was. */
    static LiveSeries restored(Detector detector, byte[] state) {
        if (detectorOf(state) != detector.id()) {
            throw new IllegalArgumentException("The state belongs to another detector.");
        }
        LiveSeries series = new LiveSeries(detector, detector.scorer(0));
        series.scorer.restore(series.readAll(state));
        return series;
    }

    /** Goes on where one of another detector was, which may be gone. */
    static LiveSeries successor(Detector detector, byte[] state, List<LivePoint> past) {
        LiveSeries before = new LiveSeries(detector, detector.scorer(0));
        before.readAll(state);
        return before.under(detector, past);
    }

    /** @return the scorer's part */
    private byte[] readAll(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (in.readInt() != STATE) {
                throw new IOException("it is of another version");
            }
            in.readLong();
            return read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("The state is damaged: " + e.getMessage(), e);
        }
    }

    private byte[] read(DataInputStream in) throws IOException {
        points = in.readLong();
        gaps = in.readLong();
        late = in.readLong();
        duplicates = in.readLong();
        last = in.readLong();
        for (int i = 0; i < moments.length; i++) {
            moments[i] = in.readLong();
        }
        for (int i = 0; i < recent.length; i++) {
            recent[i] = in.readFloat();
        }
        stretch = in.readBoolean() ? stretch(in) : null;
        quiet = in.readInt();
        scored = in.readInt();
        drift = in.readDouble();
        windows = in.readInt();
        int shares = in.readInt();
        for (int i = 0; i < shares; i++) {
            int count = in.readInt();
            scores[Math.min(i, scores.length - 1)] = count;
        }
        return in.readNBytes(in.readInt());
    }

    private static void write(DataOutputStream out, LiveStretch s) throws IOException {
        out.writeLong(s.from());
        out.writeLong(s.to());
        out.writeLong(s.peak());
        out.writeDouble(s.probability());
        out.writeInt(s.points());
        out.writeInt(s.channel());
        out.writeUTF(s.signal());
    }

    private static LiveStretch stretch(DataInputStream in) throws IOException {
        return new LiveStretch(in.readLong(), in.readLong(), in.readLong(), in.readDouble(), in.readInt(), in.readInt(), in.readUTF(), true);
    }
}
