/**
 * Replay: the loop run on data whose labels are known, with the known label as the oracle's answer. The very same
 * pool, task model, starts and query strategies as in a project, without people, database or network.
 *
 * <p>Every label asked for counts. The test part is never asked about and never looked at but to score.
 */
@NullMarked
package org.laudable.engine.text.replay;

import org.jspecify.annotations.NullMarked;
