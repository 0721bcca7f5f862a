package org.laudable.dataset.file;

/**
 * How a file is to be read.
 *
 * @param charset   name of the encoding
 * @param delimiter between columns; meaningless for JSON Lines
 * @param quoted    whether {@code "} encloses fields
 * @param header    whether the first row names the columns
 */
public record FileFormat(Kind kind, String charset, char delimiter, boolean quoted, boolean header) {

    /** The kinds of files that can be imported. */
    public enum Kind {
        /** Separated by commas, semicolons, tabs or bars. */
        CSV,
        /** One JSON object a line. */
        JSONL
    }

    public static FileFormat jsonLines(String charset) {
        return new FileFormat(Kind.JSONL, charset, ',', false, false);
    }
}
