package org.laudable.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a back-up holds; its last entry, {@value #NAME}.
 *
 * @param format      1; a reader refuses what it does not know
 * @param postgres    major version of the PostgreSQL whose cluster this is; 0 when the database lives elsewhere and is not in it
 * @param takenAt     when the copy of the database was complete: it holds what was committed until then
 * @param directories every folder, the empty ones too, relative with '/'
 * @param files       every other entry
 */
record Manifest(int format, int postgres, Instant takenAt, List<String> directories, List<Part> files) {
    static final String NAME = "manifest.json";
    static final int FORMAT = 1;

    /**
     * @param path   relative to the data folder, with '/'
     * @param bytes  unpacked
     * @param sha256 hexadecimal
     */
    record Part(String path, long bytes, String sha256) {}

    long bytes() {
        return files.stream().mapToLong(Part::bytes).sum();
    }
}
