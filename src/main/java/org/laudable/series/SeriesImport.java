package org.laudable.series;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.laudable.dataset.ImportState;
import org.laudable.engine.series.file.SourcePlan;

/**
 * Files that bring series into a project, and how far they are.
 *
 * @param plan    empty until the files have been looked at
 * @param refused files and series left out, with the reason
 */
public record SeriesImport(long id, long projectId, List<ImportFile> files, Optional<SourcePlan> plan, ZoneId zone, KnownLabels labels,
        ImportState state, int seriesIn, long pointsIn, List<SourcePlan.RefusedFile> refused, Long jobId, String error, Instant createdAt) {

    public long bytes() {
        return files.stream().mapToLong(ImportFile::bytes).sum();
    }

    /** Whether it can be gone on with. */
    public boolean stopped() {
        return state == ImportState.FAILED || state == ImportState.CANCELLED;
    }
}
