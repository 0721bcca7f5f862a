package org.laudable.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;

/**
 * Takes a snapshot in one transaction that sees one moment of the database, however long it reads and whatever people say
 * meanwhile. Killed in the middle it leaves nothing and is taken anew.
 */
@ApplicationScoped
class TakeJob implements JobHandler {
    static final String KIND = "snapshot.take";
    static final int ROWS = 8_192;
    private static final String FRAME = """
            update snapshot s set taken_at = clock_timestamp(),
              guideline = (select max(number) from guideline g where g.project_id = s.project_id),
              classes = coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'description', c.description, 'ordinal', c.ordinal,
                'retired', c.retired, 'meaning', c.meaning) order by c.ordinal, c.id) from label_class c where c.project_id = s.project_id), '[]'),
              series = (select jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'zone', x.zone) order by x.id) from series x where x.project_id = s.project_id),
              events = (select jsonb_agg(to_jsonb(e) - 'created_by' - 'project_id' order by e.id) from series_event e where e.project_id = s.project_id)
            where s.id = ? and s.state = 'TAKING' returning project_id""";

    private final DataSource dataSource;
    private final ProjectDirectory projects;
    private final Present present;

    TakeJob(DataSource dataSource, ProjectDirectory projects, Present present) {
        this.dataSource = dataSource;
        this.projects = projects;
        this.present = present;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) throws SQLException, IOException {
        ProjectKind kind = projects.get(job.projectId()).kind();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                execute(connection, "set transaction isolation level repeatable read");
                if (take(connection, job, kind)) {
                    connection.commit();
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** @return whether it is whole */
    private boolean take(Connection connection, JobContext job, ProjectKind kind) throws SQLException, IOException {
        long id = job.payload().path("snapshotId").asLong();
        if (number(connection, FRAME, id) == 0) {
            return false; // removed meanwhile, or taken before
        }
        ContentHash hash = new ContentHash(SnapshotFrame.of(connection, id));
        Taking taking = new Taking(connection, id);
        boolean[] stopped = {false};
        present.read(connection, job.projectId(), kind, 0, true, (row, source) -> {
            hash.row(row, source);
            taking.add(row);
            if (taking.rows % ROWS == 0) {
                job.progress(taking.rows, -1, "");
                stopped[0] = job.cancelled();
            }
            return !stopped[0];
        });
        if (stopped[0]) {
            return false;
        }
        taking.flush();
        try (PreparedStatement end = connection.prepareStatement(
                "update snapshot set state = 'READY', row_count = ?, labels = ?, counts = ?::jsonb, hash = ? where id = ?")) {
            end.setLong(1, taking.rows);
            end.setLong(2, taking.labels);
            end.setString(3, taking.counts.entrySet().stream().map(one -> "\"" + one.getKey() + "\":" + one.getValue()).collect(Collectors.joining(",", "{", "}")));
            end.setBytes(4, hash.value());
            end.setLong(5, id);
            end.executeUpdate();
        }
        return true;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static long number(Connection connection, String sql, long parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** The rows so far: packed whenever there are enough. */
    private static final class Taking {
        private final Connection connection;
        private final long snapshotId;
        private final Map<Long, Long> counts = new TreeMap<>();
        private List<SnapshotRow> waiting = new ArrayList<>(ROWS);
        private long rows;
        private long labels;
        private int chunks;

        Taking(Connection connection, long snapshotId) {
            this.connection = connection;
            this.snapshotId = snapshotId;
        }

        void add(SnapshotRow row) throws SQLException {
            rows++;
            if (row.label() != null) {
                labels++;
                counts.merge(row.label().classId(), 1L, Long::sum);
            }
            waiting.add(row);
            if (waiting.size() == ROWS) {
                flush();
            }
        }

        void flush() throws SQLException {
            if (waiting.isEmpty()) {
                return;
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into snapshot_chunk (snapshot_id, number, first_key, last_key, row_count, data) values (?, ?, ?, ?, ?, ?)")) {
                insert.setLong(1, snapshotId);
                insert.setInt(2, chunks++);
                insert.setLong(3, waiting.getFirst().key());
                insert.setLong(4, waiting.getLast().key());
                insert.setInt(5, waiting.size());
                insert.setBytes(6, RowCodec.pack(waiting));
                insert.executeUpdate();
            }
            waiting = new ArrayList<>(ROWS);
        }
    }
}
