package org.laudable.engine.series.file;

/**
 * A column of a table.
 *
 * @param unit of its values; may be empty
 */
public record SourceColumn(String name, ColumnRole role, String unit) {
    public SourceColumn as(ColumnRole other) {
        return new SourceColumn(name, other, unit);
    }

    public SourceColumn in(String otherUnit) {
        return new SourceColumn(name, role, otherUnit);
    }
}
