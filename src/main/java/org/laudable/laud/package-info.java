/**
 * LAUD's loop as a durable state machine on {@link org.laudable.loop}: runs and rounds are rows, each step is short,
 * idempotent and finds out from the tables what is to be done, so any process may be killed at any point.
 * {@link org.laudable.laud.RunService} is what others use; {@code TextLoop} has a step for each state.
 */
package org.laudable.laud;
