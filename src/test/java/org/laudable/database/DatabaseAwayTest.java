package org.laudable.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.hibernate.exception.JDBCConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAwayTest {

    @Test
    void a_port_nobody_listens_at_is_a_database_that_is_away_however_it_is_asked() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + freePort() + "/laudable";
        SQLException refused = assertThrows(SQLException.class, () -> DriverManager.getConnection(url, "laudable", "x"));
        assertTrue(DatabaseAway.isBehind(refused), refused.getSQLState());
        assertTrue(DatabaseAway.isBehind(new JDBCConnectionException("could not connect", refused)));
        assertTrue(DatabaseAway.isBehind(new Sql.Failure(refused)));
        assertTrue(DatabaseAway.isBehind(new IllegalStateException("The accounts cannot be read", refused)));
        RollbackException undone = new RollbackException("Could not commit transaction");
        undone.addSuppressed(new IllegalStateException(refused));
        assertTrue(DatabaseAway.isBehind(undone));
        try (AgroalDataSource pool = pool(url, 1)) {
            SQLException none = assertThrows(SQLException.class, pool::getConnection);
            assertTrue(DatabaseAway.isBehind(none), none.toString());
        }
    }

    @Test
    void a_connection_that_breaks_off_amid_the_talk_and_a_pool_without_a_free_one_count_as_well() throws Exception {
        try (ServerSocket hangsUp = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        hangsUp.accept().close();
                    }
                } catch (IOException e) {
                    // the test is over
                }
            });
            String url = "jdbc:postgresql://127.0.0.1:" + hangsUp.getLocalPort() + "/laudable?sslmode=disable&gssEncMode=disable";
            SQLException broken = assertThrows(SQLException.class, () -> DriverManager.getConnection(url, "laudable", "x"));
            assertTrue(DatabaseAway.isBehind(broken), broken.getSQLState());
        }
        try (ServerSocket silent = new ServerSocket(0);
                AgroalDataSource pool = pool("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/laudable?connectTimeout=1", 1)) {
            SQLException waited = assertThrows(SQLException.class, () -> {
                try (Connection connection = pool.getConnection()) {
                    throw new IllegalStateException("nobody is there: " + connection);
                }
            });
            assertTrue(DatabaseAway.isBehind(waited), waited.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08001", "08003", "08006", "57P01", "57P02", "57P03", "53300"})
    void what_the_server_says_when_it_goes_or_comes_counts(String state) {
        assertTrue(DatabaseAway.isBehind(new RuntimeException(new SQLException("…", state))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22021", "25006", "40001", "42P01", "57014", "57P04", "53100"})
    void what_a_database_that_is_there_says_does_not(String state) {
        assertFalse(DatabaseAway.isBehind(new RuntimeException(new SQLException("…", state))));
    }

    @Test
    void a_chain_of_causes_that_comes_back_to_its_beginning_ends() {
        RuntimeException one = new RuntimeException();
        RuntimeException other = new RuntimeException(one);
        one.initCause(other);
        assertFalse(DatabaseAway.isBehind(one));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static AgroalDataSource pool(String url, int size) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(size)
                .acquisitionTimeout(Duration.ofSeconds(2))
                .connectionFactoryConfiguration(connection -> connection.jdbcUrl(url).connectionProviderClassName("org.postgresql.Driver"))));
    }
}
