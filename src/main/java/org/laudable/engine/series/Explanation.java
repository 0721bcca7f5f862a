package org.laudable.engine.series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Why a stretch is or is not suspicious: which of the four signals spoke how loudly, and which channels.
 *
 * @param vae       e: the VAE's error at its highest, 0 to 1 (one in a million)
 * @param potential φ at its highest, 0 to 1
 * @param novelty   distance from everything else in latent space at its highest, 0 to 1 (one in a million)
 * @param agent     the agent's belief at its highest, 0 to 1
 * @param explained whether a known cause covers the stretch's middle
 * @param channels  each channel's share of the VAE's error in the stretch, largest first; they add up to 1
 */
public record Explanation(double vae, double potential, double novelty, double agent, boolean explained, List<ChannelShare> channels) {

    /**
     * A channel's part.
     *
     * @param channel the channel's place in the series, constant ones counted
     * @param share   its share of the error, 0 to 1
     */
    public record ChannelShare(int channel, double share) {
    }

    /** Which signal speaks loudest. */
    public enum Voice {
        VAE, POTENTIAL, NOVELTY, AGENT
    }

    public Explanation {
        channels = List.copyOf(channels);
    }

    /**
     * Explains points {@code from} to {@code to}, end exclusive.
     *
     * @param agent the agent's belief at each judged point, from {@link SeriesModel.Scores}
     */
    public static Explanation of(Signals signals, double[] agent, int from, int to) {
        if (from < 0 || to <= from || to > signals.length()) {
            throw new IllegalArgumentException("Points %d to %d are not in a series of %d".formatted(from, to, signals.length()));
        }
        List<ChannelShare> shares = new ArrayList<>();
        double[] error = new double[signals.channels().length];
        double sum = 0;
        for (int c = 0; c < error.length; c++) {
            for (int t = from; t < to; t++) {
                error[c] += signals.channelError()[c][t];
            }
            sum += error[c];
        }
        for (int c = 0; c < error.length; c++) {
            shares.add(new ChannelShare(signals.channels()[c], sum > 0 ? error[c] / sum : 1.0 / error.length));
        }
        shares.sort(Comparator.comparingDouble(ChannelShare::share).reversed().thenComparingInt(ChannelShare::channel));
        return new Explanation(max(signals.alarm(), from, to), max(signals.potential(), from, to), max(signals.unusual(), from, to),
                max(agent, from, to), signals.explained()[(from + to) / 2], shares);
    }

    public Voice loudest() {
        double top = Math.max(Math.max(vae, potential), Math.max(novelty, agent));
        return top == vae ? Voice.VAE : top == potential ? Voice.POTENTIAL : top == novelty ? Voice.NOVELTY : Voice.AGENT;
    }

    private static double max(double[] x, int from, int to) {
        double max = x[from];
        for (int t = from + 1; t < to; t++) {
            max = Math.max(max, x[t]);
        }
        return max;
    }
}
