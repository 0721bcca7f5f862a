package org.laudable.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.dataset.file.ColumnUse;
import org.laudable.dataset.file.FileColumn;
import org.laudable.dataset.file.FileFormat;
import org.laudable.dataset.file.LeftOut;

/**
 * A file on its way into a project, and the report of how it went.
 *
 * @param columns       in the file's order
 * @param refuseAll     one bad row refuses the whole file
 * @param useLabels     known labels become the items' labels; else they are kept beside, for comparison
 * @param rowsRead      rows committed so far, good and bad
 * @param rowsMerged    of the rows that went in: those whose text was there already
 * @param unknownLabels values of the label column that are no class, with how often they came
 * @param leftOut       what its rows said that has no place here, with how often they said it
 * @param jobId         the job that carries it in; null for a draft
 * @param error         why it failed; null otherwise
 */
public record DataImport(long id, long projectId, String fileName, String storedAs, long bytes, FileFormat format,
        List<FileColumn> columns, boolean refuseAll, boolean useLabels, ImportState state, long rowsRead, long rowsIn,
        long rowsMerged, long rowsRefused, Map<String, Long> unknownLabels, Map<LeftOut, Long> leftOut, Long jobId, String error, Instant createdAt,
        Instant finishedAt) {

    public Optional<String> column(ColumnUse use) {
        return columns.stream().filter(column -> column.use() == use).map(FileColumn::name).findFirst();
    }

    /** Whether it ended before its time and can go on. */
    public boolean stopped() {
        return state == ImportState.FAILED || state == ImportState.CANCELLED;
    }
}
