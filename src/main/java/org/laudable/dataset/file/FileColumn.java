package org.laudable.dataset.file;

/** A column of a file and what it is for. */
public record FileColumn(String name, ColumnUse use) {
    public FileColumn usedAs(ColumnUse other) {
        return new FileColumn(name, other);
    }
}
