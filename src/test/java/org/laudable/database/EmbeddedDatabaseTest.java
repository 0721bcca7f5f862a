package org.laudable.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.testing.Eventually;

/** A real PostgreSQL in a folder of its own: killed, restarted, joined by another process. */
class EmbeddedDatabaseTest {
    @TempDir Path data;

    @Test
    void a_killed_server_comes_back_at_the_same_address_with_what_it_had_committed_and_ends_with_its_owner() throws Exception {
        try (DataFolder folder = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
                statement.execute("create table kept as select 42 as answer");
            }
            ProcessHandle server = OrphanedPostgres.running(folder.path().resolve("postgres")).orElseThrow();

            server.destroyForcibly();

            Eventually.holds("it answers again", () -> answer(database) == 42);
            assertFalse(server.isAlive());
            try (DatabaseOfFolder beside = DatabaseOfFolder.openRunning(data)) {
                assertEquals(database.jdbcUrl(), beside.url(), "another process finds it");
            }
        }
        assertTrue(OrphanedPostgres.running(data.resolve("postgres")).isEmpty());
        assertThrows(IOException.class, () -> DatabaseOfFolder.openRunning(data), "nobody runs on the folder now");
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private static int answer(EmbeddedDatabase database) {
        try (Connection connection = connect(database); Statement statement = connection.createStatement();
                var row = statement.executeQuery("select answer from kept")) {
            return row.next() ? row.getInt(1) : 0;
        } catch (SQLException e) {
            return 0;
        }
    }
}
