package org.laudable.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Set-wise SQL for the repositories. Inside a transaction every statement belongs to it; outside, each one commits by
 * itself. Parameters are {@code ?}; arrays ({@code Long[]}, {@code String[]}, …) become PostgreSQL arrays.
 */
@ApplicationScoped
public class Sql {
    private final DataSource dataSource;

    Sql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Reads one row of a result. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** How many rows were written. */
    public int update(String sql, Object... parameters) {
        return run(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** All rows of a query, or of a statement with RETURNING. */
    public <T> List<T> list(String sql, Row<T> mapping, Object... parameters) {
        return run(sql, parameters, statement -> {
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(mapping.read(rows));
                }
            }
            return found;
        });
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Row<T> mapping, Object... parameters) {
        return list(sql, mapping, parameters).stream().findFirst();
    }

    /** The number in the first column of the first row; 0 if there is no row. */
    public long number(String sql, Object... parameters) {
        return first(sql, row -> row.getLong(1), parameters).orElse(0L);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private <T> T run(String sql, Object[] parameters, Work<T> work) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                bind(connection, statement, i + 1, parameters[i]);
            }
            return work.on(statement);
        } catch (SQLException e) {
            throw new Failure(e);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int index, Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setObject(index, null);
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case Enum<?> constant -> statement.setString(index, constant.name());
            case Long[] array -> statement.setArray(index, connection.createArrayOf("bigint", array));
            case Integer[] array -> statement.setArray(index, connection.createArrayOf("integer", array));
            case Double[] array -> statement.setArray(index, connection.createArrayOf("float8", array));
            case Float[] array -> statement.setArray(index, connection.createArrayOf("float4", array));
            case byte[][] array -> statement.setArray(index, connection.createArrayOf("bytea", array));
            case String[] array -> statement.setArray(index, connection.createArrayOf("text", array));
            default -> statement.setObject(index, value);
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    /** The database refused a statement. */
    public static final class Failure extends RuntimeException {
        private final String state;

        Failure(SQLException cause) {
            super(cause.getMessage(), cause);
            this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
        }

        /** Whether a parameter holds characters that no text of the database can hold, such as NUL. */
        public boolean isUnkeepableText() {
            return state.equals("22021") || state.equals("22P05");
        }

        /** Whether a unique index refused the row. */
        public boolean isDuplicate() {
            return state.equals("23505");
        }
    }
}
