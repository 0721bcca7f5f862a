package org.laudable.engine.text;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Asks at random: the baseline of every comparison. */
final class RandomQuery implements QueryStrategy {

    @Override
    public String name() {
        return "random";
    }

    @Override
    public int[] select(QueryContext context, int batch) {
        int[] items = context.candidates();
        SplittableRandom random = new SplittableRandom(context.seed());
        int k = Math.min(batch, items.length);
        for (int i = 0; i < k; i++) {
            int j = i + random.nextInt(items.length - i);
            int swap = items[i];
            items[i] = items[j];
            items[j] = swap;
        }
        return Arrays.copyOf(items, k);
    }
}
