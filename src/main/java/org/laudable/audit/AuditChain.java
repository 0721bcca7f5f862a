package org.laudable.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The chain over the audit trail: the hash at position n is SHA-256 of the hash at n − 1 (none at the first) and of the
 * event's fields, each with its length before it. Whoever keeps the newest hash can tell later whether anything before
 * it was changed, removed or put in between.
 *
 * <p>Needs a connection and nothing else, so that the shell can verify what the server writes.
 */
public final class AuditChain {
    private static final long LOCK = 0x6c61_7564_6175_6469L; // "laudaudi"
    private static final int AT_ONCE = 1_000;
    private static final int FETCHED_AT_ONCE = 5_000;
    private static final byte[] NONE = new byte[0];
    private static final String FIELDS = """
            e.id::text, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.account_id::text, e.action, e.subject,
            e.project_id::text, e.details::text, e.origin, e.token_id::text""";
    private static final int FIELD_COUNT = 9;
    private static final String WAITING = "select " + FIELDS + """

            from audit_unchained u join audit_event e on e.id = u.event_id order by u.event_id limit\s""" + AT_ONCE;
    private static final String CHAINED = "select " + FIELDS + """
            , c.position, c.hash, c.event_id
            from audit_chain c left join audit_event e on e.id = c.event_id order by c.position""";

    private AuditChain() {}

    /**
     * What a walk over the whole chain found.
     *
     * @param events how many are chained
     * @param waiting how many were written in the last second or so and are not chained yet
     * @param head the newest hash, hexadecimal; empty if nothing is chained
     * @param fault what is wrong, for a person to read; empty: the trail is as it was written
     */
    public record Verification(long events, long waiting, String head, Optional<String> fault) {}

    /** Chains a batch of the events that wait; returns how many. Inside a transaction; one at a time in the whole database. */
    static int append(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            long position = 0;
            byte[] hash = NONE;
            try (ResultSet newest = statement.executeQuery("select position, hash from audit_chain order by position desc limit 1")) {
                if (newest.next()) {
                    position = newest.getLong(1);
                    hash = newest.getBytes(2);
                }
            }
            int added = 0;
            try (ResultSet events = statement.executeQuery(WAITING);
                    PreparedStatement chain = connection.prepareStatement("insert into audit_chain (position, event_id, hash) values (?, ?, ?)");
                    PreparedStatement done = connection.prepareStatement("delete from audit_unchained where event_id = ?")) {
                while (events.next()) {
                    hash = next(hash, events);
                    long event = events.getLong(1);
                    chain.setLong(1, ++position);
                    chain.setLong(2, event);
                    chain.setBytes(3, hash);
                    chain.addBatch();
                    done.setLong(1, event);
                    done.addBatch();
                    added++;
                }
                if (added > 0) {
                    chain.executeBatch();
                    done.executeBatch();
                }
            }
            return added;
        }
    }

    /** Walks the whole chain as it is at one moment; needs little memory however long it is. Leaves no transaction open. */
    public static Verification verify(Connection connection) throws SQLException {
        boolean committing = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            return walk(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(committing);
        }
    }

    /** The walk inside a transaction. */
    static Verification walk(Connection connection) throws SQLException {
        long waiting = number(connection, "select count(*) from audit_unchained");
        long events = 0;
        byte[] hash = NONE;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            try (ResultSet chain = statement.executeQuery(CHAINED)) {
                while (chain.next()) {
                    long position = chain.getLong(FIELD_COUNT + 1);
                    long event = chain.getLong(FIELD_COUNT + 3);
                    if (position != events + 1) {
                        return broken(events, waiting, hash, "Position " + (events + 1) + " of the chain is missing.");
                    }
                    if (chain.getString(1) == null) {
                        return broken(events, waiting, hash, "Event " + event + " (position " + position + ") was removed.");
                    }
                    byte[] expected = next(hash, chain);
                    if (!Arrays.equals(expected, chain.getBytes(FIELD_COUNT + 2))) {
                        return broken(events, waiting, hash, "Event " + event + " (position " + position + ") is not what was written.");
                    }
                    hash = expected;
                    events++;
                }
            }
        }
        long outside = number(connection, """
                select count(*) from audit_event e where not exists (select from audit_chain c where c.event_id = e.id)
                  and not exists (select from audit_unchained u where u.event_id = e.id)""");
        if (outside > 0) {
            return broken(events, waiting, hash, outside + " events were put in past the chain.");
        }
        return new Verification(events, waiting, HexFormat.of().formatHex(hash), Optional.empty());
    }

    private static Verification broken(long events, long waiting, byte[] hash, String fault) {
        return new Verification(events, waiting, HexFormat.of().formatHex(hash), Optional.of(fault));
    }

    private static byte[] next(byte[] previous, ResultSet event) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(previous);
        for (int field = 1; field <= FIELD_COUNT; field++) {
            String value = event.getString(field);
            byte[] text = value == null ? NONE : value.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value == null ? -1 : text.length).array());
            bytes.writeBytes(text);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
