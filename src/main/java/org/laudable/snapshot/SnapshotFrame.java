package org.laudable.snapshot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.laudable.security.OutOfReach;

/** The classes, guidelines, series and events of a snapshot as one text: what is hashed before its rows. */
final class SnapshotFrame {
    private SnapshotFrame() {}

    static String of(Connection connection, long snapshotId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select jsonb_build_array(s.guideline, g.markdown, s.classes, s.series, s.events)::text from snapshot s
                left join guideline g on g.project_id = s.project_id and g.number = s.guideline where s.id = ?""")) {
            query.setLong(1, snapshotId);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new OutOfReach("There is no such snapshot.");
                }
                return rows.getString(1);
            }
        }
    }
}
