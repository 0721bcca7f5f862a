package org.laudable.engine.series.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * One file that may hold series.
 *
 * @param id    tells it from others of the same path
 * @param path  as its folder or archive names it, with '/'
 * @param bytes gives its content anew at each call, still compressed where the path ends in .gz
 * @param file  where it lies, if it is a file of its own
 */
public record SourceEntry(String id, String path, Opener bytes, Optional<Path> file) {

    public SourceEntry(String id, String path, Opener bytes) {
        this(id, path, bytes, Optional.empty());
    }

    /** Opens the content. */
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** The content, unzipped if it is a .gz. */
    public InputStream open() throws IOException {
        InputStream raw = bytes.open();
        if (!path.toLowerCase(java.util.Locale.ROOT).endsWith(".gz")) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The last part of the path. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The file's name without the endings of tables and compression. */
    public String stem() {
        return fileName().replaceFirst("(?i)(\\.(csv|tsv|txt|parquet))?(\\.gz)?$", "");
    }
}
