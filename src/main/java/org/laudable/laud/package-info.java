/**
 * LAUD's loop as a durable state machine: runs and rounds are rows, each step is short, idempotent and finds out from the
 * tables what is to be done, so any process may be killed at any point. {@link org.laudable.laud.RunService} is what
 * others use.
 *
 * <p>{@code RunWatch} notices that a run needs a step (an answer came, or the clock ticked) and submits a job;
 * {@code AdvanceJob} takes the run's lock and lets the {@link org.laudable.laud.RunState}'s step do its work.
 */
package org.laudable.laud;
