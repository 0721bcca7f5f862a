/**
 * Laudable: a team turns unlabeled data into labels it can trust, at the lowest cost.
 *
 * <p>One package per feature. A feature's root holds what the others may use: services and records. Below it,
 * {@code ui/}, {@code rest/}, {@code job/} and {@code persistence/} are its own. Arrows run
 * ui → services → engine | persistence, never back; {@link org.laudable.engine} knows nothing of features.
 */
package org.laudable;
