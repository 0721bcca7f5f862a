/**
 * Files of time series, read row by row: tables with a time column, long tables, folders of the Server Machine Dataset,
 * windows of the Numenta benchmark; zipped or not. Says what a file is ({@link org.laudable.engine.series.file.SourceSniffer}),
 * opens it ({@link org.laudable.engine.series.file.SeriesInputs}) and counts what was odd on the way
 * ({@link org.laudable.engine.series.file.ReadingReport}).
 */
package org.laudable.engine.series.file;
