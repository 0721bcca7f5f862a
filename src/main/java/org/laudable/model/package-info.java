/**
 * Trained models as files: what a run has learned goes out as one zip with a card that says what it is worth, and comes
 * into another project as the start of a run. The loops implement {@link org.laudable.model.ModelPort};
 * {@link org.laudable.model.file.BundleFile} is the format, which the command line reads without a database.
 */
package org.laudable.model;
