package org.laudable.engine.series;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.laudable.engine.saved.BoundedInput;

/**
 * Everything needed to score a series: fitted signals, the round's model, the threshold. Written and read bit by bit:
 * what comes back scores exactly like what was saved.
 *
 * @param threshold points with a calibrated probability above it are flagged
 */
public record Bundle(SignalModel signals, SeriesModel model, double threshold) {

    private static final int MAGIC = 0x4C415544;
    private static final int VERSION = 3;
    /** Before models could begin with others. */
    private static final int OLDER = 2;

    /** A calibrated probability and a decision for each judged point. */
    public record Scored(double[] score, boolean[] flagged) {
    }

    /** Scores a series with the potential at hand. */
    public Scored score(Series series, Potential potential) {
        return score(series, potential, java.util.List.of());
    }

    /** The same with stretches whose cause is known. */
    public Scored score(Series series, Potential potential, java.util.List<Explained> explained) {
        double[] score = model.scores(signals.apply(series, potential, explained)).probability();
        boolean[] flagged = new boolean[score.length];
        for (int t = 0; t < score.length; t++) {
            flagged[t] = score[t] > threshold;
        }
        return new Scored(score, flagged);
    }

    /** Writes the bundle; the stream stays open. */
    public void write(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        signals.write(out);
        model.write(out);
        out.writeDouble(threshold);
        out.writeBoolean(model.start().isPresent());
        if (model.start().isPresent()) {
            model.start().get().write(out);
        }
        out.flush();
    }

    /** The same from a file of known size that may come from anywhere: no length in it is believed before it is checked. */
    public static Bundle read(BoundedInput in) throws IOException {
        return checked(in);
    }

    private static Bundle bundle(DataInputStream in, int version) throws IOException {
        try {
            SignalModel signals = SignalModel.read(in);
            SeriesModel model = SeriesModel.read(in);
            double threshold = in.readDouble();
            boolean begun = version > OLDER && in.readBoolean();
            return new Bundle(signals, begun ? model.beginningWith(Optional.of(SeriesModel.read(in))) : model, threshold);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
            throw new IOException("The model file is damaged: " + e.getMessage(), e);
        }
    }

    /** Reads a bundle; anything else is refused with an {@link IOException} that says so. */
    public static Bundle read(InputStream from) throws IOException {
        return checked(new DataInputStream(new BufferedInputStream(from)));
    }

    private static Bundle checked(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("This file is not a model of the series engine.");
        }
        int version = in.readInt();
        if (version != VERSION && version != OLDER) {
            throw new IOException("This model has format %d; this version of Laudable reads %d. Train it again.".formatted(version, VERSION));
        }
        return bundle(in, version);
    }
}
