package org.laudable.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.laudable.dataset.file.CheckedRow;
import org.laudable.dataset.file.FileRow;
import org.laudable.dataset.file.RowCheck;
import org.laudable.dataset.file.RowReader;
import org.laudable.dataset.file.UnreadableFile;

/**
 * Reads and checks an import's rows on a thread of its own, a few packets ahead of the database, so that neither waits for the
 * other. Used by one thread.
 */
final class RowsAhead implements AutoCloseable {
    private static final int PACKET_ROWS = 2_000;
    private static final long PACKET_CHARACTERS = 2_000_000;
    private static final int PACKETS = 4;

    private final RowReader reader;
    private final RowCheck check;
    private final BlockingQueue<Packet> packets = new ArrayBlockingQueue<>(PACKETS);
    private final Thread thread;

    RowsAhead(RowReader reader, RowCheck check) {
        this.reader = reader;
        this.check = check;
        this.thread = Thread.ofPlatform().name("import-reader").daemon().start(this::read);
    }

    record Row(FileRow read, CheckedRow checked) {}

    /**
     * @param rows      none at the end
     * @param bytesRead of the file, up to these rows
     * @param failure   why it ended; null unless it broke off
     */
    record Packet(List<Row> rows, long bytesRead, Exception failure) {}

    /** The next rows; none at the end. */
    Packet next() throws IOException, UnreadableFile {
        try {
            Packet packet = packets.take();
            switch (packet.failure()) {
                case null -> { }
                case IOException e -> throw e;
                case UnreadableFile e -> throw e;
                case RuntimeException e -> throw e;
                case Exception e -> throw new IllegalStateException(e);
            }
            return packet;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The import was interrupted", e);
        }
    }

    private void read() {
        try {
            try {
                List<Row> rows = new ArrayList<>();
                long characters = 0;
                for (Optional<FileRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                    CheckedRow checked = check.check(row.get());
                    rows.add(new Row(row.get(), checked));
                    characters += checked.text() == null ? 100 : checked.text().length();
                    if (rows.size() == PACKET_ROWS || characters > PACKET_CHARACTERS) {
                        packets.put(new Packet(rows, reader.bytesRead(), null));
                        rows = new ArrayList<>();
                        characters = 0;
                    }
                }
                if (!rows.isEmpty()) {
                    packets.put(new Packet(rows, reader.bytesRead(), null));
                }
                packets.put(new Packet(List.of(), reader.bytesRead(), null));
            } catch (IOException | UnreadableFile | RuntimeException e) {
                packets.put(new Packet(List.of(), 0, e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed before the end: nobody waits for more
        }
    }

    /** Reads no further; waits until the reader is let go. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
