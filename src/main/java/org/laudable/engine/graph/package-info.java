/**
 * Neighbour graphs over unit vectors, and what spreads along them. Both engines use it: texts by their sentence
 * embeddings, windows of series by their latent means.
 */
@NullMarked
package org.laudable.engine.graph;

import org.jspecify.annotations.NullMarked;
