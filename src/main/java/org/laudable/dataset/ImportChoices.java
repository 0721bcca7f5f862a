package org.laudable.dataset;

import java.util.List;
import org.laudable.dataset.file.FileColumn;
import org.laudable.dataset.file.FileFormat;

/** How a person wants a file to go in; see {@link DataImport} for the fields. */
public record ImportChoices(FileFormat format, List<FileColumn> columns, boolean refuseAll, boolean useLabels) {}
