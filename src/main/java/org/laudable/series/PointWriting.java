package org.laudable.series;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.laudable.database.Sql;
import org.postgresql.PGConnection;

/**
 * Writes series point by point from programs. Levels of extremes cannot grow, so a series that grows is written anew,
 * chunk by chunk, in one transaction; readers see the old one until it commits. Checks no access.
 */
@ApplicationScoped
class PointWriting {
    private final DataSource dataSource;
    private final SeriesStore store;
    private final Sql sql;

    PointWriting(DataSource dataSource, SeriesStore store, Sql sql) {
        this.dataSource = dataSource;
        this.store = store;
        this.sql = sql;
    }

    /** One row: epoch milliseconds and a value per channel, NaN for none. */
    record Row(long millis, double[] values) {}

    /** Writes a series: the first {@code kept} of its points as they are, then the rows. The caller holds the series' lock. */
    @Transactional(Transactional.TxType.MANDATORY)
    void write(long seriesId, List<String> channels, int kept, List<Row> rows) {
        SeriesProfile profile = new SeriesProfile(channels);
        sql.update("delete from series_chunk where series_id = ?", seriesId);
        try (Connection connection = dataSource.getConnection();
                SeriesWriter writer = new SeriesWriter(connection.unwrap(PGConnection.class), seriesId, channels.size())) {
            for (int from = 0; from < kept; from += Chunks.VALUES) {
                copy(seriesId, from, Math.min(kept, from + Chunks.VALUES), channels.size(), writer, profile);
            }
            for (Row row : rows) {
                writer.add(row.millis(), row.values());
                profile.point(row.millis(), row.values(), -1, false);
            }
            profile.end();
            writer.finish();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The points of series " + seriesId + " cannot be written", e);
        }
        describe(seriesId, profile, channels.size());
    }

    /** What is committed, read beside this transaction, which has taken it out already. */
    private void copy(long seriesId, int from, int to, int channels, SeriesWriter writer, SeriesProfile profile) throws IOException {
        long[][] times = new long[1][];
        double[][] values = QuarkusTransaction.suspendingExisting().call(() -> {
            times[0] = store.times(seriesId, from, to);
            return store.window(seriesId, from, to);
        });
        double[] row = new double[channels];
        for (int t = 0; t < to - from; t++) {
            for (int c = 0; c < channels; c++) {
                row[c] = values[c][t];
            }
            writer.add(times[0][t], row);
            profile.point(times[0][t], row, -1, false);
        }
    }

    private void describe(long seriesId, SeriesProfile profile, int channels) {
        sql.update("update series set points = ?, step_seconds = ?, starts_at = ?, ends_at = ?, gaps = ? where id = ?", profile.points(),
                profile.stepSeconds(), profile.startsAt(), profile.endsAt(), profile.gaps(), seriesId);
        for (int c = 0; c < channels; c++) {
            sql.update("update series_channel set constant = ?, missing = ? where series_id = ? and ordinal = ?", profile.constant(c),
                    profile.missing(c), seriesId, c);
        }
    }
}
