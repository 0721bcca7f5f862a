package org.laudable.engine.series.file;

import java.util.List;

/**
 * How a set of files is to be read.
 *
 * @param windows ids of files with labels as time windows (combined_windows.json)
 * @param refused files that hold no series, with the reason
 */
public record SourcePlan(List<SourceGroup> groups, List<String> windows, List<RefusedFile> refused) {

    /** A file, or a series of it, that does not go in. */
    public record RefusedFile(String path, String reason) {}

    public SourcePlan with(List<SourceGroup> changed) {
        return new SourcePlan(List.copyOf(changed), windows, refused);
    }

    /** Whether known labels come along. */
    public boolean labelled() {
        return !windows.isEmpty() || groups.stream().anyMatch(group -> group.column(ColumnRole.LABEL) >= 0
                || group.machines().stream().anyMatch(machine -> machine.labels() != null));
    }

    public int series() {
        return groups.stream().mapToInt(SourceGroup::size).sum();
    }
}
