package org.laudable.series;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.laudable.engine.series.file.MemoryPoints;
import org.laudable.engine.series.file.PointReader;
import org.laudable.engine.series.file.ReadingReport;
import org.laudable.engine.series.file.SeriesInputs.Input;
import org.laudable.engine.series.file.UnreadableSource;
import org.postgresql.PGConnection;

/** Carries one series from its file into the database, in one transaction: it is there whole, or not at all. */
final class SeriesIntake {
    /** Shorter series have no window to look at. */
    static final int FEWEST_POINTS = 50;
    static final int MOST_POINTS = 20_000_000;
    static final long MOST_VALUES = 400_000_000;
    static final int MOST_CHANNELS = 500;

    private static final int PULSE = 4096;

    private final Connection connection;
    private final Target target;
    private final Pulse pulse;

    /** Where a series goes, and how it was meant. */
    record Target(long projectId, long importId, String zone, KnownLabels labels, List<String> units) {}

    /** Asked now and then whether to go on. */
    interface Pulse {
        /** @return false: stop */
        boolean beat(long points);
    }

    /** What went in; null points: a person stopped it. */
    record Taken(long seriesId, int points, List<KnownInterval> known) {}

    SeriesIntake(Connection connection, Target target, Pulse pulse) {
        this.connection = connection;
        this.target = target;
        this.pulse = pulse;
    }

    /**
     * Takes a series; commits.
     *
     * @return null if it was stopped
     * @throws UnreadableSource if it cannot be taken, with the reason
     */
    Taken take(Input input) throws IOException, SQLException, UnreadableSource {
        try {
            return attempt(input, input.opener().open(), false);
        } catch (OutOfOrder e) {
            connection.rollback();
            MemoryPoints sorted;
            try (PointReader reader = input.opener().open()) {
                sorted = MemoryPoints.sorted(reader);
            }
            try {
                return attempt(input, sorted, true);
            } catch (OutOfOrder impossible) {
                throw new IllegalStateException("Sorted points are not sorted", impossible);
            }
        } finally {
            connection.rollback();
        }
    }

    private Taken attempt(Input input, PointReader opened, boolean sorted) throws IOException, SQLException, UnreadableSource, OutOfOrder {
        try (PointReader reader = opened) {
            List<String> names = reader.report().channels();
            if (names.size() > MOST_CHANNELS) {
                throw new UnreadableSource("It has %,d channels; a series can have 500. Leave some columns out, or make several series.".formatted(names.size()));
            }
            long id = insert(input.name());
            SeriesProfile profile = new SeriesProfile(names);
            if (sorted) {
                profile.unsorted();
            }
            try (SeriesWriter writer = new SeriesWriter(connection.unwrap(PGConnection.class), id, names.size())) {
                if (!copy(reader, writer, profile)) {
                    return null;
                }
                check(profile);
                writer.finish();
            }
            describe(id, profile, reader.report());
            labels(id, profile.known());
            connection.commit();
            return new Taken(id, profile.points(), profile.known());
        }
    }

    private boolean copy(PointReader reader, SeriesWriter writer, SeriesProfile profile) throws IOException, UnreadableSource, OutOfOrder {
        long last = Long.MIN_VALUE;
        int channels = reader.values().length;
        while (reader.next()) {
            long millis = reader.millis();
            if (millis <= last) {
                if (millis < last) {
                    throw new OutOfOrder();
                }
                profile.duplicate();
                continue;
            }
            last = millis;
            writer.add(millis, reader.values());
            profile.point(millis, reader.values(), reader.label(), reader.history());
            if (profile.points() % PULSE == 0) {
                if (!pulse.beat(profile.points())) {
                    return false;
                }
                if (profile.points() > MOST_POINTS || (long) profile.points() * channels > MOST_VALUES) {
                    throw new UnreadableSource("It has more than 20 million points (or 400 million values), the most a series can have. Split it by time, or thin it out.");
                }
            }
        }
        profile.end();
        return true;
    }

    private static void check(SeriesProfile profile) throws UnreadableSource {
        if (profile.points() < FEWEST_POINTS) {
            throw new UnreadableSource("It has %,d points; at least %d are needed to say what is usual.".formatted(profile.points(), FEWEST_POINTS));
        }
        if (profile.noValues()) {
            throw new UnreadableSource("None of its points has a value.");
        }
        if (profile.nothingVaries()) {
            throw new UnreadableSource("It never changes: every channel has one and the same value throughout, so there is nothing to find.");
        }
    }

    private long insert(String name) throws SQLException, UnreadableSource {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into series (project_id, name, points, step_seconds, starts_at, ends_at, zone, import_id)
                values (?, ?, 1, 1, now(), now(), ?, ?) on conflict (project_id, name) do nothing returning id""")) {
            insert.setLong(1, target.projectId);
            insert.setString(2, name);
            insert.setString(3, target.zone);
            insert.setLong(4, target.importId);
            try (ResultSet row = insert.executeQuery()) {
                if (!row.next()) {
                    throw new UnreadableSource("There is already a series '%s' in this project.".formatted(name));
                }
                return row.getLong(1);
            }
        }
    }

    private void describe(long id, SeriesProfile profile, ReadingReport report) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update series set points = ?, history = ?, step_seconds = ?, starts_at = ?, ends_at = ?, gaps = ?, findings = ?::jsonb where id = ?""")) {
            update.setInt(1, profile.points());
            update.setInt(2, Math.min(profile.history(), profile.points() - 1));
            update.setDouble(3, profile.stepSeconds());
            update.setTimestamp(4, Timestamp.from(profile.startsAt()));
            update.setTimestamp(5, Timestamp.from(profile.endsAt()));
            update.setInt(6, profile.gaps());
            update.setString(7, FindingsJson.write(profile.findings(report)));
            update.setLong(8, id);
            update.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into series_channel (series_id, ordinal, name, unit, constant, missing) values (?, ?, ?, ?, ?, ?)""")) {
            for (int c = 0; c < report.channels().size(); c++) {
                insert.setLong(1, id);
                insert.setInt(2, c);
                insert.setString(3, report.channels().get(c));
                insert.setString(4, c < target.units.size() ? target.units.get(c) : "");
                insert.setBoolean(5, profile.constant(c));
                insert.setInt(6, profile.missing(c));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void labels(long id, List<KnownInterval> known) throws SQLException {
        if (target.labels == KnownLabels.NONE || known.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into series_label (series_id, from_index, to_index) values (?, ?, ?)")) {
            for (KnownInterval one : known) {
                insert.setLong(1, id);
                insert.setInt(2, one.from());
                insert.setInt(3, one.to());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        if (target.labels == KnownLabels.LABELS) {
            verdicts(id);
        }
    }

    /** Each known anomaly becomes the window of its middle point, answered by a person who is not named. */
    private void verdicts(long id) throws SQLException {
        try (PreparedStatement items = connection.prepareStatement("""
                insert into item (project_id, body, fingerprint, shuffle, series_id, point, import_id)
                select ?, '', decode(md5(format('window %s %s', l.series_id, l.point)), 'hex'), hashint8(l.series_id * 1000003 + l.point),
                  l.series_id, l.point, ?
                from (select series_id, (from_index + to_index - 1) / 2 as point from series_label where series_id = ?) l
                on conflict do nothing""");
                PreparedStatement resolutions = connection.prepareStatement("""
                        insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, interval_from, interval_to)
                        select i.project_id, i.id, 'LABEL', c.id, 'PERSON', 1, l.from_index, l.to_index
                        from series_label l join item i on i.series_id = l.series_id and i.point = (l.from_index + l.to_index - 1) / 2
                        join label_class c on c.project_id = i.project_id and c.meaning = 'ANOMALY'
                        where l.series_id = ? on conflict (item_id) where superseded_at is null do nothing""")) {
            items.setLong(1, target.projectId);
            items.setLong(2, target.importId);
            items.setLong(3, id);
            items.executeUpdate();
            resolutions.setLong(1, id);
            resolutions.executeUpdate();
        }
    }

    /** The file's points are not in the order of time. */
    private static final class OutOfOrder extends Exception {}
}
