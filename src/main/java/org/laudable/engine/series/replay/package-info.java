/**
 * Replays the series loop on labelled series (ENGINES §2.9): reads them, divides them by a protocol, answers in people's
 * stead, measures every method on the same points.
 */
@NullMarked
package org.laudable.engine.series.replay;

import org.jspecify.annotations.NullMarked;
