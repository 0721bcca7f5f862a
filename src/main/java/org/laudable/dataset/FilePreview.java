package org.laudable.dataset;

import java.util.List;
import org.laudable.dataset.file.FileColumn;
import org.laudable.dataset.file.FileFormat;
import org.laudable.dataset.file.FileRow;

/**
 * The beginning of a file as it would be read.
 *
 * @param columns with a guess of what each is for
 * @param rows    the first 20
 * @param items   how many rows the file has
 * @param exact   whether they were counted; else they are reckoned from its size
 */
public record FilePreview(FileFormat format, List<FileColumn> columns, List<FileRow> rows, long items, boolean exact) {}
