/**
 * Reading files people bring: what kind of file it is ({@link org.laudable.dataset.file.FileSniffer}), its rows
 * ({@link org.laudable.dataset.file.RowReader}), which column is what ({@link org.laudable.dataset.file.ColumnGuess})
 * and whether a row may go in ({@link org.laudable.dataset.file.RowCheck}). Knows no database.
 */
package org.laudable.dataset.file;
