package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.text.TextScorer;
import org.laudable.loop.CannotGoOn;
import org.laudable.model.BundleStore;
import org.laudable.model.file.TextModelFile;
import org.laudable.model.file.UnusableBundle;
import org.laudable.project.LabelClass;

/** What the model a run begins with says of its candidates, as distributions over the project's own classes. */
@ApplicationScoped
class StartPrior {
    private static final Logger LOG = Logger.getLogger(StartPrior.class);
    private static final int PIECE = 512;
    /** Comparisons of a candidate with a text of the model's pool that take some 20 seconds; the graph spreads the rest. */
    private static final long MOST_COMPARISONS = 500_000_000;

    private final BundleStore files;

    StartPrior(BundleStore files) {
        this.files = files;
    }

    /**
     * Distributions of the first candidates, which are in random order.
     *
     * @throws CannotGoOn if the file cannot be read any more
     */
    Map<Integer, float[]> of(long bundleId, Schema schema, List<String> texts, List<float[]> vectors) {
        try {
            TextScorer scorer = files.with(bundleId, TextModelFile::scorer);
            int[] there = new int[schema.size()];
            for (int c = 0; c < there.length; c++) {
                there[c] = place(scorer, schema.classes().get(c));
            }
            int most = (int) Math.min(texts.size(), Math.max(PIECE, MOST_COMPARISONS / scorer.poolSize()));
            Map<Integer, float[]> said = HashMap.newHashMap(most);
            for (int from = 0; from < most; from += PIECE) {
                int to = Math.min(most, from + PIECE);
                FloatMatrix p = scorer.predict(texts.subList(from, to), vectors.subList(from, to).toArray(float[][]::new));
                for (int i = from; i < to; i++) {
                    said.put(i, translated(p.row(i - from), there));
                }
            }
            return said;
        } catch (IOException | UnusableBundle e) {
            LOG.errorf(e, "Start model %d cannot be read", bundleId);
            throw new CannotGoOn("run.note.start");
        }
    }

    private static int place(TextScorer scorer, LabelClass own) {
        for (int c = 0; c < scorer.classes().size(); c++) {
            if (TextModelPort.key(scorer.classes().get(c).name()).equals(TextModelPort.key(own.name()))) {
                return c;
            }
        }
        return -1;
    }

    /**
     * A class the model does not know begins with an even share, and what the model gives to classes that are not here is
     * spread evenly.
     *
     * @param there where each of our classes is among the model's; -1: nowhere
     */
    static float[] translated(float[] said, int[] there) {
        int n = there.length;
        int known = (int) Arrays.stream(there).filter(c -> c >= 0).count();
        float kept = 0;
        for (int c : there) {
            kept += c >= 0 ? said[c] : 0;
        }
        float share = (float) known / n;
        float[] ours = new float[n];
        for (int c = 0; c < n; c++) {
            ours[c] = there[c] >= 0 ? share * (said[there[c]] + Math.max(0, 1 - kept) / known) : 1f / n;
        }
        return ours;
    }
}
