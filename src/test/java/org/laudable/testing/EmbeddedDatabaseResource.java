package org.laudable.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.laudable.database.DataFolder;
import org.laudable.database.EmbeddedDatabase;

/** The product's own embedded PostgreSQL, on an empty folder, for all tests of one JVM. */
public final class EmbeddedDatabaseResource implements QuarkusTestResourceLifecycleManager {
    private DataFolder folder;
    private EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        Path path = Path.of("target", "test-data-" + ProcessHandle.current().pid());
        try {
            deleteTree(path);
            folder = DataFolder.open(path);
            database = EmbeddedDatabase.start(folder);
            return Map.of(
                    "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                    "quarkus.datasource.username", database.user(),
                    "quarkus.datasource.password", database.password(),
                    "quarkus.http.auth.session.encryption-key", Files.readString(folder.secret("session.key")),
                    "laudable.data", folder.path().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (database != null) {
                database.close();
            }
            if (folder != null) {
                folder.close();
                deleteTree(folder.path());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
