package org.laudable.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** SHA-256 over all that a snapshot says, however its rows are packed: the frame, then each row with its text's fingerprint. */
final class ContentHash {
    private final MessageDigest digest;

    /** @param frame what holds for all rows: classes, guidelines, series, events */
    ContentHash(String frame) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        add(frame.getBytes(StandardCharsets.UTF_8));
    }

    void row(SnapshotRow row, Present.@Nullable Source source) {
        add(RowCodec.alone(row));
        if (source != null) {
            add(source.externalId().getBytes(StandardCharsets.UTF_8));
            add(source.fingerprint());
            add((source.metadata() == null ? "" : source.metadata()).getBytes(StandardCharsets.UTF_8));
        }
    }

    byte[] value() {
        return digest.digest();
    }

    /** With its length, so that no two sequences of parts run into the same bytes. */
    private void add(byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }
}
