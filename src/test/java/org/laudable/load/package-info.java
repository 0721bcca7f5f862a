/**
 * Many people labelling at once against the built artefact, and a count of what became of their answers. A program of its
 * own, not a test: {@link org.laudable.load.LoadDriver}.
 */
package org.laudable.load;
