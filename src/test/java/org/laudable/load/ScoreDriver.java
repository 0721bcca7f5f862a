package org.laudable.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.text.CandidatePool;
import org.laudable.engine.text.EmbeddedHead;
import org.laudable.engine.text.LabelVectors;
import org.laudable.engine.text.OnnxTextEncoder;
import org.laudable.engine.text.PoolSettings;
import org.laudable.engine.text.PromptTemplates;
import org.laudable.engine.text.TextClass;
import org.laudable.engine.text.TextScorer;
import org.laudable.engine.text.TrainingLabels;

/**
 * The model's word on very many texts whose vectors are there: a pool of 100,000, a thousand labels, and ten million texts, 100,000
 * different ones in turn. The vectors are those of real texts, each moved a little. Says first how often the quick search changes
 * a prediction. Options: {@code --texts N}, {@code --pool N}, {@code --threads N}.
 */
public final class ScoreDriver {
    private static final int LABELS = 1_000;
    private static final int DIFFERENT = 100_000;
    private static final int PAGE = 500;
    private static final int COMPARED = 2_000;

    private final FoodTexts foods = new FoodTexts();
    private final float[][] real;

    private ScoreDriver(int base) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < base; i++) {
            texts.add(foods.get(i).text());
        }
        try (OnnxTextEncoder encoder = OnnxTextEncoder.bgeSmall()) {
            real = encoder.encodeAll(texts);
        }
    }

    public static void main(String[] args) throws Exception {
        long texts = 10_000_000;
        int pool = 100_000;
        int threads = 2;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--texts" -> texts = Long.parseLong(args[i + 1]);
                case "--pool" -> pool = Integer.parseInt(args[i + 1]);
                case "--threads" -> threads = Integer.parseInt(args[i + 1]);
                default -> throw new IllegalArgumentException("Not known: " + args[i] + ". There are --texts, --pool and --threads.");
            }
        }
        new ScoreDriver(8_000).measure(texts, pool, threads);
    }

    /** A text and its vector: the nth of very many. */
    private void make(int n, SplittableRandom random, List<String> texts, List<float[]> vectors) {
        texts.add(foods.get(n).text());
        float[] base = real[n % real.length];
        float[] moved = new float[base.length];
        double length = 0;
        for (int i = 0; i < moved.length; i++) {
            moved[i] = base[i] + (random.nextFloat() - 0.5f) * 0.05f;
            length += moved[i] * moved[i];
        }
        for (int i = 0; i < moved.length; i++) {
            moved[i] /= (float) Math.sqrt(length);
        }
        vectors.add(moved);
    }

    private void measure(long wanted, int poolSize, int threads) throws Exception {
        long started = System.nanoTime();
        TextScorer exact = train(poolSize);
        say("a pool of %,d and a model from %,d labels in %.0f s", poolSize, LABELS, seconds(started));
        started = System.nanoTime();
        TextScorer quick = exact.forMany();
        say("lists for the quick search in %.1f s", seconds(started));
        SplittableRandom random = new SplittableRandom(77);
        List<List<String>> pages = new ArrayList<>();
        List<float[][]> vectors = new ArrayList<>();
        for (int from = 0; from < DIFFERENT; from += PAGE) {
            List<String> texts = new ArrayList<>();
            List<float[]> page = new ArrayList<>();
            for (int n = from; n < from + PAGE; n++) {
                make(poolSize + n, random, texts, page);
            }
            pages.add(texts);
            vectors.add(page.toArray(float[][]::new));
        }
        compare(exact, quick, pages, vectors);
        score(quick, wanted, threads, pages, vectors);
    }

    private TextScorer train(int poolSize) {
        List<String> texts = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(11);
        for (int n = 0; n < poolSize; n++) {
            make(n, random, texts, vectors);
        }
        List<String> groups = foods.groups();
        LabelVectors labels;
        try (OnnxTextEncoder encoder = OnnxTextEncoder.bgeSmall()) {
            labels = LabelVectors.of(groups.stream().map(name -> new TextClass(name, "")).toList(), new PromptTemplates("a food from the group"), encoder);
        }
        CandidatePool pool = CandidatePool.build(texts, vectors.toArray(float[][]::new), labels, PoolSettings.standard());
        Map<Integer, Integer> known = new HashMap<>();
        while (known.size() < LABELS) {
            int n = random.nextInt(poolSize);
            known.put(n, groups.indexOf(foods.get(n).group()));
        }
        return EmbeddedHead.standard().train(pool, TrainingLabels.of(known), 7).scorer(pool);
    }

    private void compare(TextScorer exact, TextScorer quick, List<List<String>> pages, List<float[][]> vectors) {
        int same = 0;
        int compared = 0;
        double most = 0;
        double sum = 0;
        long exactNanos = 0;
        long quickNanos = 0;
        for (int page = 0; compared < COMPARED; page++) {
            long at = System.nanoTime();
            FloatMatrix a = exact.predict(pages.get(page), copy(vectors.get(page)));
            exactNanos += System.nanoTime() - at;
            at = System.nanoTime();
            FloatMatrix b = quick.predict(pages.get(page), copy(vectors.get(page)));
            quickNanos += System.nanoTime() - at;
            for (int i = 0; i < a.rows(); i++) {
                same += a.argMax(i) == b.argMax(i) ? 1 : 0;
                double apart = Math.abs(a.get(i, a.argMax(i)) - b.get(i, a.argMax(i)));
                most = Math.max(most, apart);
                sum += apart;
                compared++;
            }
        }
        say("of %,d texts %.2f %% get the same class by the quick search; the confidence differs by %.4f on average, %.3f at most; exact %.0f texts a second, quick %.0f (one thread)",
                compared, 100.0 * same / compared, sum / compared, most, compared * 1e9 / exactNanos, compared * 1e9 / quickNanos);
    }

    private void score(TextScorer scorer, long wanted, int threads, List<List<String>> pages, List<float[][]> vectors) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        AtomicLong next = new AtomicLong();
        long started = System.nanoTime();
        double before = cpu();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                workers.submit(() -> {
                    while (next.getAndAdd(PAGE) < wanted) {
                        int page = (int) (next.get() / PAGE % pages.size());
                        FloatMatrix p = scorer.predict(pages.get(page), copy(vectors.get(page)));
                        done.addAndGet(p.rows());
                    }
                });
            }
            workers.shutdown();
            for (int told = 1; !workers.awaitTermination(1, TimeUnit.SECONDS);) {
                if (seconds(started) > 60 * told) {
                    say("after %d min %,d texts, %,.0f a CPU second, %,d MB of heap", told++, done.get(), done.get() / (cpu() - before), heap());
                }
            }
        }
        double seconds = seconds(started);
        say("%,d texts in %.0f s on %d threads: %,.0f a second, %,.0f a CPU second; %,d MB of heap", done.get(), seconds, threads, done.get() / seconds,
                done.get() / (cpu() - before), heap());
    }

    private static float[][] copy(float[][] vectors) {
        float[][] copy = new float[vectors.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = vectors[i].clone();
        }
        return copy;
    }

    private static double cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    private static long heap() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20;
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    private static void say(String what, Object... figures) {
        System.out.printf(Locale.ROOT, what + "%n", figures);
    }
}
