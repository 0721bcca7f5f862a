/**
 * How engines write numbers into model files and read them back bit by bit: big-endian, each array after its length. A
 * length is checked against what is left of the file before anything is allocated, so that a file somebody made up costs
 * no more memory than its own size.
 */
@NullMarked
package org.laudable.engine.saved;

import org.jspecify.annotations.NullMarked;
