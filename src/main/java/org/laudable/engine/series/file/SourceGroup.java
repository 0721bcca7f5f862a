package org.laudable.engine.series.file;

import java.util.List;
import java.util.Map;

/**
 * Files of one form: the same columns, read the same way.
 *
 * @param header      whether the first row names the columns
 * @param columns     what each column is for; empty for {@link SourceFormat#SMD}
 * @param stepSeconds distance of two points where the files have no times
 * @param entries     ids of the files, each with the name its series gets; empty for SMD
 * @param machines    for SMD only
 */
public record SourceGroup(SourceFormat format, char delimiter, boolean header, List<SourceColumn> columns, TimeForm time,
        double stepSeconds, Map<String, String> entries, List<Machine> machines) {

    public SourceGroup withColumns(List<SourceColumn> changed) {
        return new SourceGroup(format, delimiter, header, List.copyOf(changed), time, stepSeconds, entries, machines);
    }

    public SourceGroup withTime(TimeForm form, double step) {
        return new SourceGroup(format, delimiter, header, columns, form, step, entries, machines);
    }

    public SourceGroup withMachines(List<Machine> changed) {
        return new SourceGroup(format, delimiter, header, columns, time, stepSeconds, entries, List.copyOf(changed));
    }

    /** The first column with this role, or −1. */
    public int column(ColumnRole role) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).role() == role) {
                return i;
            }
        }
        return -1;
    }

    /** How many series it has; long tables count as one until they are read. */
    public int size() {
        return format == SourceFormat.SMD ? machines.size() : entries.size();
    }
}
