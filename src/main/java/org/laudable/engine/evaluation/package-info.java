/**
 * How good predictions are, and how sure that is: classification figures, intervals, calibration, agreement, learning
 * curves. Quality is only ever measured on items drawn at random (the audit sample's reporting half, a test split);
 * actively chosen items are biased.
 */
@NullMarked
package org.laudable.engine.evaluation;

import org.jspecify.annotations.NullMarked;
