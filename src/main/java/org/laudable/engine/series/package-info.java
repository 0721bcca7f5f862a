/**
 * The series engine: anomalies in time series found by an agent that a VAE, a potential and a few human answers guide
 * (Golchin, Rekabdar, Justo, arXiv 2601.02511, and its line), with the recipe of ENGINES §2; docs/paper.md says which
 * class is which equation. Plain Java and DJL: no framework, no clock, no randomness but the seeds passed in; the same
 * input and seed give the same result on the same machine, but for rounding inside the native library, which training may
 * carry on (docs/benchmarks-series.md, Repeating).
 *
 * <p>The loop from the outside:
 * <pre>{@code
 * // once per series, again when people have marked many anomalies
 * boolean[] fit = SignalModel.fitOn(series, usable, answers);                      // without what people marked
 * SignalModel fitted = SignalModel.fit(series, fit, usable, false, seed, watch);   // the VAE trains here
 * Signals signals = fitted.apply(series, Potential.statistical(), explained);      // events and expected stretches
 * SeriesLearner learner = new SeriesLearner(signals, usable, LearnerSettings.laudable(), seed);
 *
 * // every round
 * Answers answers = …;                                                         // people's, in the order given
 * SeriesLearner.Round round = learner.learn(answers, roundNumber, scaling, watch);
 * SeriesModel.Scores scores = round.model().scores(signals);
 * int[] ask = Acquisition.MIXED.select(Acquisition.Situation.of(signals, scores.score(), usable, roundNumber, budget), answers, batch, seed);
 * double threshold = OperatingPoint.forMissCost(missCost);                     // on scores.probability()
 * List<Segment> anomalies = Segment.above(scores.probability(), threshold, 3);
 * Explanation why = Explanation.of(signals, scores.agent(), segment.from(), segment.to());
 * round.pseudo();                                                              // 'labelled like these'
 * learner.propagation().like(point, 10, 25);                                   // 'find similar', with distances
 *
 * // to keep
 * new Bundle(fitted, round.model(), threshold).write(stream);
 * }</pre>
 *
 * <p>Points are counted among the judged ones, those after {@link org.laudable.engine.series.Series#history()}. Windows
 * are 25 points long and end at the point they judge. Trainings take turns (one at a time per process) and can be
 * stopped by a {@link org.laudable.engine.series.TrainingWatch} that throws, or by interrupting a thread that waits.
 */
@NullMarked
package org.laudable.engine.series;

import org.jspecify.annotations.NullMarked;
