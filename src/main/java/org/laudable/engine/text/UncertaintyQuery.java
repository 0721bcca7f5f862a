package org.laudable.engine.text;

/** Asks where the model is least decided, each item judged by itself (Lewis and Gale, 1994; Luo et al., 2005). */
final class UncertaintyQuery implements QueryStrategy {

    private final String name;
    private final Uncertainty measure;

    private UncertaintyQuery(String name, Uncertainty measure) {
        this.name = name;
        this.measure = measure;
    }

    static UncertaintyQuery leastConfidence() {
        return new UncertaintyQuery("least-confidence", Uncertainty.LEAST_CONFIDENCE);
    }

    static UncertaintyQuery margin() {
        return new UncertaintyQuery("margin", Uncertainty.MARGIN);
    }

    static UncertaintyQuery entropy() {
        return new UncertaintyQuery("entropy", Uncertainty.ENTROPY);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int[] select(QueryContext context, int batch) {
        return Ranking.top(context.candidates(), batch, item -> measure.of(context.scores(), item));
    }
}
