/**
 * The text engine: LAUD (Chou and Chou, arXiv 2511.14738) with the recipe of ENGINES §1. Plain Java: no framework, no
 * clock, no randomness but the seeds passed in; the same input and seed give the same result.
 *
 * <p>A round of the loop, from the outside:
 * <pre>{@code
 * // once per project and candidate pool
 * LabelVectors labels = LabelVectors.of(classes, new PromptTemplates(domain), encoder);
 * CandidatePool pool = CandidatePool.build(texts, vectors, labels, PoolSettings.standard());
 *
 * // every round
 * TrainingLabels answers = TrainingLabels.of(classIndexByPoolIndex);
 * TaskModel model = EmbeddedHead.standard().train(pool, answers, seed);
 * model.poolProbabilities();                       // to show, to accept above a threshold
 * QueryContext context = new QueryContext(pool, model.poolScores(), answers.items(), excluded, seed);
 * int[] next = start.select(context, answers, batch, labelBudget);
 * if (next.length == 0) {
 *     next = QueryStrategies.named("influence").select(context, batch);
 * }
 * model.predict(pool.outside(auditTexts, auditVectors));   // items that are never in the pool
 * }</pre>
 *
 * <p>Items are pool indices, classes are positions in the list of classes. The audit sample stays out of the pool (or
 * among the excluded), and never in the training labels.
 */
@NullMarked
package org.laudable.engine.text;

import org.jspecify.annotations.NullMarked;
