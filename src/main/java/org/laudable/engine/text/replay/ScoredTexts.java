package org.laudable.engine.text.replay;

/** Hears, text by text, which of the scored ones a curve's model had right: what an audit sample of them would show. */
@FunctionalInterface
public interface ScoredTexts {

    /**
     * A checkpoint of one curve.
     *
     * @param labels labels given by then
     * @param right  one per scored text, in the same order at every checkpoint of a seed
     */
    void scored(String start, String strategy, int seed, int labels, boolean[] right);
}
