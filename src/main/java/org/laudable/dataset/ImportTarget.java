package org.laudable.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.laudable.Refused;
import org.laudable.dataset.file.CheckedRow;
import org.laudable.dataset.file.ColumnUse;
import org.laudable.dataset.file.FileRow;
import org.laudable.dataset.file.LeftOut;
import org.postgresql.PGConnection;

/**
 * Where an import's rows go: COPY into a temporary table, then set by set into items and rows. Has a connection of its
 * own; {@link #flush} commits, unless the file goes in as a whole.
 */
final class ImportTarget implements AutoCloseable {
    private static final int MOST_REFUSALS_KEPT = 100_000;
    private static final int MOST_UNKNOWN_LABELS = 50;
    private static final String DUPLICATE_ID = "the id '%s' is already there with another text";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long WORTH_COUNTING = 10_000;

    private final Connection connection;
    private final DataImport file;
    private final Map<String, Long> classes;
    private final long seed;
    private final boolean withIds;
    private final boolean withLabels;
    private final boolean withSuggestions;

    private final StagedRows staged = new StagedRows();
    private final Map<Long, String> contents = new TreeMap<>();
    private final Map<String, byte[]> batchIds = new HashMap<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final Map<String, Long> unknownLabels;
    private final Map<LeftOut, Long> leftOut = new EnumMap<>(LeftOut.class);
    private long position;
    private long batchRows;
    private long batchGood;
    private long rowsRead;
    private long rowsIn;
    private long rowsMerged;
    private long rowsRefused;

    ImportTarget(Connection connection, DataImport file, Map<String, Long> classes, long seed) throws SQLException {
        this.connection = connection;
        this.file = file;
        this.classes = classes;
        this.seed = seed;
        withIds = file.column(ColumnUse.ID).isPresent();
        withLabels = file.column(ColumnUse.LABEL).isPresent();
        withSuggestions = file.column(ColumnUse.SUGGESTION).isPresent();
        unknownLabels = new LinkedHashMap<>(file.unknownLabels());
        if (!file.refuseAll()) {
            leftOut.putAll(file.leftOut());
            rowsRead = file.rowsRead();
            rowsIn = file.rowsIn();
            rowsMerged = file.rowsMerged();
            rowsRefused = file.rowsRefused();
        }
        position = file.rowsRead();
        connection.setAutoCommit(false);
        execute("""
                create temporary table if not exists import_stage (row_number bigint, body text, fingerprint bytea,
                  external_id text, metadata jsonb, known_class_id bigint, shuffle int, item_id bigint, suggested_class_id bigint, suggested_confidence real,
                  suggested_source text)""");
        execute("truncate import_stage");
    }

    long rowsRead() {
        return rowsRead;
    }

    long rowsRefused() {
        return rowsRefused;
    }

    /** Adds a row to the batch; returns how many characters it takes. */
    int take(FileRow row, CheckedRow checked) {
        batchRows++;
        if (checked.refusal() != null) {
            refuse(row.number(), checked.refusal(), row.content());
            return 100;
        }
        if (withIds) {
            byte[] same = batchIds.putIfAbsent(checked.externalId(), checked.fingerprint());
            if (same != null && !Arrays.equals(same, checked.fingerprint())) {
                refuse(row.number(), DUPLICATE_ID.formatted(checked.externalId()), row.content());
                return 100;
            }
            contents.put(row.number(), row.content());
        }
        batchGood++;
        checked.leftOut().forEach(what -> leftOut.merge(what, 1L, Long::sum));
        Long suggested = checked.suggested() == null ? null : knownClass(checked.suggested().label());
        String id = checked.externalId() == null ? "r" + file.id() + "-" + checked.number() : checked.externalId();
        return staged.add(checked, id, knownClass(checked.label()), shuffle(checked.fingerprint()), suggested, file.fileName());
    }

    /** Brings the batch in and, unless the file goes in as a whole, commits it with the new position. */
    void flush() throws SQLException, IOException {
        copyIn();
        if (withIds) {
            refuseDuplicateIds();
        }
        long fresh = insertItems();
        long good = batchGood;
        rowsRead += batchRows;
        rowsIn += good;
        rowsMerged += good - fresh;
        rowsRefused += refused.size();
        if (!file.refuseAll()) {
            saveRefusals();
            savePosition("RUNNING");
            connection.commit();
            refused.clear();
        }
        staged.clear();
        contents.clear();
        batchIds.clear();
        batchRows = 0;
        batchGood = 0;
        execute("truncate import_stage");
    }

    /** Ends the import; a file that goes in as a whole is undone if a row was bad. */
    void finish() throws SQLException {
        if (file.refuseAll() && rowsRefused > 0) {
            connection.rollback();
            long read = rowsRead;
            rowsIn = 0;
            rowsMerged = 0;
            rowsRead = 0;
            saveRefusals();
            savePosition("FAILED");
            connection.commit();
            throw new Refused("%,d of %,d rows are bad, and all or nothing was asked for: nothing went in. Mend them, or import the good ones only."
                    .formatted(rowsRefused, read));
        }
        if (withSuggestions) {
            showSuggestions();
        }
        countAgain();
        savePosition("DONE");
        connection.commit();
    }

    /** Whoever reads right after a large import would else get plans for the table as it was before. */
    private void countAgain() throws SQLException {
        if (rowsIn >= WORTH_COUNTING) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze item, item_row");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void refuse(long row, String reason, String content) {
        if (!file.refuseAll() || refused.size() < MOST_REFUSALS_KEPT) {
            refused.add(new Refusal(row, reason, content));
        }
    }

    private Long knownClass(String label) {
        if (label == null) {
            return null;
        }
        Long known = classes.get(label.toLowerCase(Locale.ROOT));
        if (known == null) {
            String shown = label.length() > 100 ? label.substring(0, 100) : label;
            if (unknownLabels.containsKey(shown) || unknownLabels.size() < MOST_UNKNOWN_LABELS) {
                unknownLabels.merge(shown, 1L, Long::sum);
            }
        }
        return known;
    }

    /** A place in the project's random order that depends on the text and the project's seed alone. */
    private int shuffle(byte[] fingerprint) {
        long mixed = seed;
        for (byte b : fingerprint) {
            mixed = (mixed ^ b) * 0x100000001b3L;
        }
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        return (int) (mixed ^ mixed >>> 33);
    }

    private void copyIn() throws SQLException, IOException {
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(
                "copy import_stage (" + StagedRows.COLUMNS + ") from stdin", staged.bytes(), 1 << 16);
    }

    /**
     * An id may come again with the same text (it is the same row), but not with another. Here and below each staged row
     * is looked up by index, in a subquery: a join may read the whole item table once per batch.
     */
    private void refuseDuplicateIds() throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("""
                delete from import_stage s where s.fingerprint <> (
                  select i.fingerprint from item_row r join item i on i.id = r.item_id
                  where r.project_id = %d and r.external_id = s.external_id)
                returning s.row_number, s.external_id""".formatted(file.projectId()))) {
            while (rows.next()) {
                batchGood--;
                refuse(rows.getLong(1), DUPLICATE_ID.formatted(rows.getString(2)), contents.getOrDefault(rows.getLong(1), ""));
            }
        }
    }

    /**
     * Returns how many texts were new. What is new is for the insertion to say: imports of one project take turns, so that shared
     * texts cannot deadlock them, but others may put in texts as well. Those that were there already stay as they are.
     */
    private long insertItems() throws SQLException {
        long project = file.projectId();
        try (PreparedStatement turn = connection.prepareStatement("select pg_advisory_xact_lock(hashtext('import'), ?)")) {
            turn.setInt(1, Long.hashCode(project));
            turn.execute();
        }
        long fresh = number("""
                with put as (
                  insert into item (project_id, body, fingerprint, known_class_id, shuffle, import_id)
                  select %d, body, fingerprint, known_class_id, shuffle, %d from (
                    select distinct on (fingerprint) * from import_stage
                    order by fingerprint, known_class_id is null, row_number) first
                  order by row_number
                  on conflict (project_id, fingerprint) do nothing returning id, fingerprint),
                placed as (update import_stage s set item_id = put.id from put where put.fingerprint = s.fingerprint)
                select count(*) from put""".formatted(project, file.id()));
        if (fresh < batchGood) {
            findKnown(project);
        }
        execute("""
                insert into item_row (item_id, project_id, external_id, metadata, import_id, row_number)
                select s.item_id, %d, s.external_id, s.metadata, %d, s.row_number
                from import_stage s order by s.row_number
                on conflict (project_id, external_id) do nothing""".formatted(project, file.id()));
        if (withSuggestions) {
            keepSuggestions();
        }
        if (withLabels && fresh < batchGood) {
            takeLabels();
        }
        if (withLabels && file.useLabels()) {
            useLabels();
        }
        return fresh;
    }

    /**
     * Gives staged rows whose text was there already its id. The texts are found by the index that makes them unique, whatever
     * the planner thinks: nothing else has them in order, and it may not sort. A database that has not yet counted the project's
     * texts would else read all of them, for each row where it joins by loops.
     */
    private void findKnown(long project) throws SQLException {
        execute("set local enable_sort = off; set local enable_nestloop = off");
        execute("""
                with known as materialized (
                  select id, fingerprint from item
                  where project_id = %d and fingerprint = any (array(select fingerprint from import_stage where item_id is null))
                  order by fingerprint)
                update import_stage s set item_id = known.id from known where known.fingerprint = s.fingerprint and s.item_id is null""".formatted(project));
        execute("set local enable_sort to default; set local enable_nestloop to default");
    }

    /** Items that were there already, without a known label, take the file's. */
    private void takeLabels() throws SQLException {
        execute("""
                update item i set known_class_id = found.known_class_id from (
                  select distinct on (item_id) item_id, known_class_id from import_stage
                  where known_class_id is not null order by item_id, row_number) found
                where i.id = found.item_id and i.known_class_id is null""");
    }

    private void useLabels() throws SQLException {
        execute("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence)
                select distinct on (i.id) i.project_id, i.id, 'LABEL', i.known_class_id, 'PERSON', 1
                from import_stage s cross join lateral (select * from item o where o.id = s.item_id offset 0) i
                where s.known_class_id is not null order by i.id
                on conflict (item_id) where superseded_at is null do nothing""");
    }

    /** The last row of a text counts. */
    private void keepSuggestions() throws SQLException {
        execute("""
                insert into item_suggestion (item_id, class_id, confidence, source, import_id)
                select distinct on (item_id) item_id, suggested_class_id, suggested_confidence, suggested_source, %d
                from import_stage where suggested_class_id is not null order by item_id, row_number desc
                on conflict (item_id) do update set class_id = excluded.class_id, confidence = excluded.confidence,
                  source = excluded.source, import_id = excluded.import_id""".formatted(file.id()));
    }

    /** Questions that are open already, as if the suggestions had come over REST; at the end, so that nobody waits for them. */
    private void showSuggestions() throws SQLException {
        execute("""
                with shown as (
                  select t.id, s.class_id, s.confidence, s.source from task t join item_suggestion s on s.item_id = t.item_id
                  where t.project_id = %d and t.state = 'OPEN' and t.purpose not in ('GOLD', 'AUDIT') and s.import_id = %d
                  order by t.id for update of t skip locked)
                update task set suggestion_class_id = shown.class_id, suggestion_confidence = shown.confidence,
                  suggestion_source = shown.source
                from shown where task.id = shown.id""".formatted(file.projectId(), file.id()));
    }

    private void saveRefusals() throws SQLException {
        long room = MOST_REFUSALS_KEPT - (file.refuseAll() ? 0 : rowsRefused - refused.size());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into import_refusal (import_id, row_number, reason, content) values (?, ?, ?, ?) on conflict do nothing")) {
            int waiting = 0;
            for (Refusal one : refused.subList(0, (int) Math.clamp(room, 0, refused.size()))) {
                insert.setLong(1, file.id());
                insert.setLong(2, one.row());
                insert.setString(3, one.reason());
                insert.setString(4, one.content());
                insert.addBatch();
                if (++waiting % 500 == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void savePosition(String state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update data_import set state = ?, rows_read = ?, rows_in = ?, rows_merged = ?, rows_refused = ?,
                  unknown_labels = ?::jsonb, left_out = ?::jsonb, finished_at = case when ? = 'RUNNING' then null else now() end
                where id = ? and rows_read = ?""")) {
            update.setString(1, state);
            update.setLong(2, rowsRead);
            update.setLong(3, rowsIn);
            update.setLong(4, rowsMerged);
            update.setLong(5, rowsRefused);
            update.setString(6, JSON.valueToTree(unknownLabels).toString());
            update.setString(7, JSON.valueToTree(leftOut).toString());
            update.setString(8, state);
            update.setLong(9, file.id());
            update.setLong(10, position);
            if (update.executeUpdate() == 0) {
                throw new SQLException("The import was deleted, or another process carried it on, meanwhile");
            }
            position = rowsRead;
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private int execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
