package org.laudable.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.database.DataFolder;
import org.laudable.database.DatabaseOfFolder;
import org.laudable.database.EmbeddedDatabase;
import org.laudable.testing.Eventually;

/** Back-up and restore of a folder with a real cluster. */
class BackupTest {
    private static final int WRITERS = 3;

    @TempDir Path folder;

    @Test
    void a_back_up_taken_while_rows_are_written_holds_all_that_was_committed_before_it_and_no_half_of_what_came_later() throws Exception {
        Path data = folder.resolve("data");
        Path file = folder.resolve("saved.zip");
        AtomicLongArray committed = new AtomicLongArray(WRITERS);
        long[] before = new long[WRITERS];
        byte[] upload = "some texts".getBytes(StandardCharsets.UTF_8);
        try (DataFolder open = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(open)) {
            schema(database);
            Files.createDirectories(data.resolve("uploads"));
            Files.write(data.resolve("uploads/one"), upload);
            AtomicBoolean enough = new AtomicBoolean();
            List<Future<?>> writing = new ArrayList<>();
            try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
                for (int w = 0; w < WRITERS; w++) {
                    int writer = w;
                    writing.add(writers.submit(() -> write(database, writer, committed, enough)));
                }
                Eventually.holds("every writer has begun", () -> committed.get(0) > 20 && committed.get(1) > 20 && committed.get(2) > 20);
                for (int w = 0; w < WRITERS; w++) {
                    before[w] = committed.get(w);
                }

                Backup.Taken taken = new Backup(data, file, (done, all) -> {}).take();

                assertTrue(taken.database());
                enough.set(true);
                for (Future<?> one : writing) {
                    one.get();
                }
            }
        }
        Path restored = folder.resolve("restored");

        Restore.Restored found = new Restore(file, restored, (done, all) -> {}).restore();

        assertEquals(0L, found.rows().get("account"));
        assertTrue(found.audit().fault().isEmpty());
        assertArrayEquals(upload, Files.readAllBytes(restored.resolve("uploads/one")));
        try (DatabaseOfFolder database = DatabaseOfFolder.openOwn(restored); Connection connection = database.connect()) {
            for (int w = 0; w < WRITERS; w++) {
                long rows = number(connection, "select count(*) from written where writer = " + w);
                assertTrue(rows >= before[w], "writer %d had committed %d, %d are there".formatted(w, before[w], rows));
                assertEquals(rows, number(connection, "select coalesce(max(n), 0) from written where writer = " + w), "no gap");
                assertEquals(rows, number(connection, "select count(distinct (n + 1) / 2) * 2 from written where writer = " + w), "no half of a transaction");
            }
            assertEquals(0, number(connection, "select count(*) from written where md5(content) <> hash"));
        }
        assertEquals(0, temporarySlots(restored));
    }

    @Test
    void a_part_that_was_changed_is_found_and_nothing_is_made() throws Exception {
        byte[] real = "the real one".getBytes(StandardCharsets.UTF_8);
        byte[] other = "another one!".getBytes(StandardCharsets.UTF_8);
        Path file = zip("uploads/one", other, part("uploads/one", real));

        IOException refused = assertThrows(IOException.class, () -> new Restore(file, folder.resolve("new"), (done, all) -> {}).restore());

        assertTrue(refused.getMessage().contains("its hash differs"), refused.getMessage());
        assertNothingMade();
    }

    @Test
    void a_part_that_unpacks_to_more_than_it_says_is_cut_off() throws Exception {
        byte[] small = new byte[10];
        Path file = zip("uploads/one", new byte[50_000_000], part("uploads/one", small));

        assertThrows(IOException.class, () -> new Restore(file, folder.resolve("new"), (done, all) -> {}).restore());

        assertNothingMade();
    }

    @Test
    void a_path_outside_of_the_folder_is_refused() throws Exception {
        byte[] content = "root::0:0".getBytes(StandardCharsets.UTF_8);
        for (String path : List.of("../outside", "uploads/../../outside", folder.resolve("outside").toString(), ".")) {
            Path file = zip(path, content, part(path, content));

            IOException refused = assertThrows(IOException.class, () -> new Restore(file, folder.resolve("new"), (done, all) -> {}).restore(), path);

            assertTrue(refused.getMessage().contains("outside of its folder"), refused.getMessage());
            assertNothingMade();
            assertFalse(Files.exists(folder.resolve("outside")), path);
            Files.delete(file);
        }
    }

    @Test
    void a_file_that_is_cut_off_or_something_else_is_refused() throws Exception {
        byte[] content = new byte[100_000];
        Path whole = zip("uploads/one", content, part("uploads/one", content));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Path text = Files.writeString(folder.resolve("text.zip"), "no zip at all");

        for (Path file : List.of(cut, text)) {
            assertThrows(IOException.class, () -> new Restore(file, folder.resolve("new"), (done, all) -> {}).restore());
            assertNothingMade();
        }
    }

    @Test
    void nothing_is_ever_overwritten() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("kept"), "kept");
        byte[] content = new byte[10];
        Path file = zip("uploads/one", content, part("uploads/one", content));
        byte[] saved = Files.readAllBytes(file);

        assertThrows(IOException.class, () -> new Restore(file, data, (done, all) -> {}).restore());
        assertThrows(IOException.class, () -> new Backup(data, file, (done, all) -> {}).take());
        assertThrows(IOException.class, () -> new Backup(data, data.resolve("inside.zip"), (done, all) -> {}).take());

        assertEquals("kept", Files.readString(data.resolve("kept")));
        assertArrayEquals(saved, Files.readAllBytes(file));
    }

    @Test
    void a_symbolic_link_is_named_instead_of_being_left_out() throws Exception {
        Path data = folder.resolve("data");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createDirectories(data);
        Files.createSymbolicLink(data.resolve("uploads"), elsewhere);
        try (DataFolder open = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(open)) {
            schema(database);

            IOException refused = assertThrows(IOException.class, () -> new Backup(data, folder.resolve("saved.zip"), (done, all) -> {}).take());

            assertTrue(refused.getMessage().contains("symbolic link"), refused.getMessage());
        }
        assertFalse(Files.exists(folder.resolve("saved.zip")));
        assertFalse(Files.exists(folder.resolve("saved.zip.part")));
    }

    @Test
    void what_was_sealed_with_the_folders_key_opens_in_the_restored_one() throws Exception {
        Path data = folder.resolve("data");
        Path file = folder.resolve("saved.zip");
        String key;
        try (DataFolder open = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(open)) {
            schema(database);
            key = Files.readString(open.secret("session.key"));
            new Backup(data, file, (done, all) -> {}).take();
        }
        Path restored = folder.resolve("restored");

        new Restore(file, restored, (done, all) -> {}).restore();

        assertEquals(key, Files.readString(restored.resolve("secrets/session.key")));
        assertEquals("rw-------", java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(restored.resolve("secrets/session.key"))));
    }

    /** Two rows a transaction, one after another, without a gap. */
    private static void write(EmbeddedDatabase database, int writer, AtomicLongArray committed, AtomicBoolean enough) {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                PreparedStatement insert = connection.prepareStatement("""
                        insert into written select ?, i, c, md5(c) from (select i, repeat(md5(i::text), 40) as c from generate_series(?, ?) i) rows""")) {
            for (int n = 1; !enough.get(); n += 2) {
                insert.setInt(1, writer);
                insert.setInt(2, n);
                insert.setInt(3, n + 1);
                insert.executeUpdate();
                committed.set(writer, n + 1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void schema(EmbeddedDatabase database) throws SQLException {
        Flyway.configure().dataSource(database.jdbcUrl(), database.user(), database.password()).load().migrate();
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("create table written (writer int, n int, content text, hash text, primary key (writer, n))");
        }
    }

    private static long temporarySlots(Path data) throws IOException, SQLException {
        try (DatabaseOfFolder database = DatabaseOfFolder.openOwn(data); Connection owner = database.connectAsOwner()) {
            return number(owner, "select count(*) from pg_replication_slots");
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void assertNothingMade() throws IOException {
        assertFalse(Files.exists(folder.resolve("new")));
        assertFalse(Files.exists(folder.resolve("new.restoring")));
    }

    private static Manifest.Part part(String path, byte[] content) {
        return new Manifest.Part(path, content.length, HexFormat.of().formatHex(BackupFile.sha256().digest(content)));
    }

    private Path zip(String name, byte[] content, Manifest.Part part) throws IOException {
        Path file = folder.resolve("made.zip");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry(Manifest.NAME));
            zip.write(BackupFile.JSON.writeValueAsBytes(new Manifest(Manifest.FORMAT, 0, Instant.EPOCH, List.of("uploads"), List.of(part))));
            zip.closeEntry();
        }
        return file;
    }
}
