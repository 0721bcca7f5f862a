/**
 * The little linear algebra the engines need: row-major float matrices whose rows are padded to whole SIMD
 * vectors, dense and sparse products, and L-BFGS.
 *
 * <p>Everything here is deterministic: an element of a product is always summed in the same order, whatever the
 * width of the machine's vectors. Running it needs {@code --add-modules jdk.incubator.vector}.
 */
@NullMarked
package org.laudable.engine.linear;

import org.jspecify.annotations.NullMarked;
