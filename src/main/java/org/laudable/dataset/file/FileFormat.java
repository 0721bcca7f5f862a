package org.laudable.dataset.file;

/**
 * How a file is to be read.
 *
 * @param charset   name of the encoding; meaningless for Parquet
 * @param delimiter between columns; only for separated columns
 * @param quoted    whether {@code "} encloses fields
 * @param header    whether the first row names the columns
 * @param shape     whose rows they are
 */
public record FileFormat(Kind kind, String charset, char delimiter, boolean quoted, boolean header, Shape shape) {

    /** The kinds of files that can be imported. */
    public enum Kind {
        /** Separated by commas, semicolons, tabs or bars. */
        CSV,
        /** One JSON object a line. */
        JSONL,
        /** One JSON list of objects. */
        JSON,
        PARQUET
    }

    public FileFormat {
        shape = shape == null ? Shape.PLAIN : shape; // saved before there were shapes
    }

    public FileFormat(Kind kind, String charset, char delimiter, boolean quoted, boolean header) {
        this(kind, charset, delimiter, quoted, header, Shape.PLAIN);
    }

    public static FileFormat jsonLines(String charset) {
        return new FileFormat(Kind.JSONL, charset, ',', false, false);
    }

    static FileFormat json(boolean list, String charset, Shape shape) {
        return new FileFormat(list ? Kind.JSON : Kind.JSONL, charset, ',', false, false, shape);
    }
}
