package org.laudable.engine.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.linear.MatrixProduct;

/**
 * LAUD's initial set (arXiv 2511.14738, §3) for any number of classes: round-robin over the classes, the one with the
 * fewest answers first, each time its most confident zero-shot item not asked yet, near-duplicates skipped, until every
 * class has {@code perClass} answers or a fifth of the label budget is spent.
 *
 * @param perClass answers wanted for each class
 */
record ConfirmStart(int perClass) implements Start {

    static final int PER_CLASS = 2;
    static final double BUDGET_SHARE = 0.2;

    /** Items closer than this to one already asked teach nothing new. */
    private static final float NEAR_DUPLICATE = 0.95f;
    /** A question for a class that got another answer counts this much, so that no class takes all questions. */
    private static final float MISS = 0.34f;

    ConfirmStart {
        if (perClass < 1) {
            throw new IllegalArgumentException("The start needs at least one answer per class, got " + perClass);
        }
    }

    @Override
    public String name() {
        return "confirm";
    }

    @Override
    public int[] select(QueryContext context, TrainingLabels labels, int batch, int labelBudget) {
        FloatMatrix zeroShot = context.pool().zeroShot();
        int classes = zeroShot.cols();
        float[] got = new float[classes];
        for (int i = 0; i < labels.size(); i++) {
            got[labels.classes()[i]]++;
            int expected = zeroShot.argMax(labels.items()[i]);
            if (expected != labels.classes()[i]) {
                got[expected] += MISS;
            }
        }
        int room = (int) Math.min(batch, Math.floor(BUDGET_SHARE * labelBudget) - labels.size());
        int[] candidates = context.candidates();
        BitSet open = new BitSet(context.pool().size());
        Arrays.stream(candidates).forEach(open::set);
        int[] asked = Arrays.copyOf(labels.items(), labels.size() + Math.max(0, room));
        int n = labels.size();
        BitSet exhausted = new BitSet(classes);
        int[] found = labels.countPerClass(classes);
        while (n < asked.length) {
            int c = neediest(got, found, exhausted);
            if (c < 0) {
                break;
            }
            int item = mostConfident(context.pool(), zeroShot, c, candidates, open, asked, n);
            if (item < 0) {
                exhausted.set(c);
            } else {
                open.clear(item);
                asked[n++] = item;
                got[c]++;
                found[c]++;
            }
        }
        return Arrays.copyOfRange(asked, labels.size(), n);
    }

    private int neediest(float[] got, int[] found, BitSet exhausted) {
        return IntStream.range(0, got.length).filter(c -> found[c] < perClass && !exhausted.get(c)).boxed()
                .min((a, b) -> Float.compare(got[a], got[b])).orElse(-1);
    }

    private static int mostConfident(CandidatePool pool, FloatMatrix zeroShot, int c, int[] candidates, BitSet open, int[] asked, int n) {
        float[] scratch = new float[16];
        BitSet skipped = new BitSet();
        while (true) {
            int best = -1;
            for (int i : candidates) {
                if (open.get(i) && !skipped.get(i) && (best < 0 || zeroShot.get(i, c) > zeroShot.get(best, c))) {
                    best = i;
                }
            }
            if (best < 0) {
                return -1;
            }
            boolean near = false;
            for (int a = 0; a < n && !near; a++) {
                near = MatrixProduct.dot(pool.vectors(), best, pool.vectors(), asked[a], scratch) > NEAR_DUPLICATE;
            }
            if (!near) {
                return best;
            }
            skipped.set(best);
        }
    }
}
