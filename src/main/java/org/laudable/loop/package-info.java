/**
 * What the loops of both engines share: a run is a row, its steps are short idempotent jobs that find out from the tables
 * what is to be done, so any process may be killed at any point.
 *
 * <p>{@link org.laudable.loop.RunWatch} notices that a run needs a step (an answer came, or the clock ticked) and submits
 * an {@link org.laudable.loop.AdvanceJob}, which takes the run's lock and lets the {@link org.laudable.loop.Loop} of the
 * project's kind do one step after the other until it waits for people again. For background work; only
 * {@link org.laudable.loop.RunControl}, for people, checks access.
 */
package org.laudable.loop;
