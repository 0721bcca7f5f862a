package org.laudable.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.dataset.ExportFormat;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/** A project's snapshots: reviewers see and compare them, managers take, hand out and remove them. */
@ApplicationScoped
public class SnapshotService {
    public static final int MOST = 500;

    private final SnapshotRepository snapshots;
    private final Comparisons comparisons;
    private final SnapshotExport exports;
    private final Walks walks;
    private final JobService jobs;
    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final AuditLog audit;
    private final DataSource dataSource;
    private final Sql sql;

    SnapshotService(SnapshotRepository snapshots, Comparisons comparisons, SnapshotExport exports, Walks walks, JobService jobs, ProjectAccess access,
            ProjectDirectory projects, AuditLog audit, DataSource dataSource, Sql sql) {
        this.snapshots = snapshots;
        this.comparisons = comparisons;
        this.exports = exports;
        this.walks = walks;
        this.jobs = jobs;
        this.access = access;
        this.projects = projects;
        this.audit = audit;
        this.dataSource = dataSource;
        this.sql = sql;
    }

    /** A file whose access has been checked. */
    public record SnapshotFile(String fileName, String mediaType, Content content) {
        /** Writes it all; leaves {@code out} open. */
        public interface Content {
            void writeTo(OutputStream out) throws IOException;
        }
    }

    /**
     * The newest first.
     *
     * @param before the id of the last one seen; 0 to begin
     */
    @Transactional
    public List<Snapshot> all(long projectId, long before, int limit) {
        access.require(projectId, Role.REVIEWER);
        return snapshots.ofProject(projectId, before, limit);
    }

    /** @throws OutOfReach if the project has no such snapshot */
    @Transactional
    public Snapshot find(long projectId, long snapshotId) {
        access.require(projectId, Role.REVIEWER);
        return known(projectId, snapshotId);
    }

    /**
     * Keeps the project's labels as they are; done in the background at one moment soon.
     *
     * @throws Refused if the name is taken
     */
    @Transactional
    public Snapshot take(long projectId, String name) {
        User user = access.require(projectId, Role.MANAGER);
        if (name.isBlank() || name.strip().length() > 120) {
            throw new Refused("A snapshot's name has 1 to 120 characters.");
        }
        if (sql.number("select count(*) from snapshot where project_id = ?", projectId) >= MOST) {
            throw new Refused("A project has at most " + MOST + " snapshots. Remove one first.");
        }
        long id = snapshots.insert(projectId, name.strip(), user.id())
                .orElseThrow(() -> new Refused("There is a snapshot of this name already. Choose another one."));
        snapshots.job(id, jobs.submit(TakeJob.KIND, projectId, JsonNodeFactory.instance.objectNode().put("snapshotId", id), user.id(), JobPriority.NORMAL));
        audit.record("snapshot.taken", "snapshot:" + id, projectId, Map.of("name", name.strip()));
        return known(projectId, id);
    }

    /** For good. */
    @Transactional
    public void remove(long projectId, long snapshotId) {
        access.require(projectId, Role.MANAGER);
        Snapshot gone = known(projectId, snapshotId);
        snapshots.remove(snapshotId);
        audit.record("snapshot.removed", "snapshot:" + snapshotId, projectId, Map.of("name", gone.name(), "hash", gone.hash(), "labels", gone.labels()));
    }

    /**
     * Reads every row of both.
     *
     * @param laterId another snapshot; empty: what holds now
     * @throws Refused while others of the project read theirs
     */
    public Comparison compare(long projectId, long snapshotId, Optional<Long> laterId) {
        access.require(projectId, Role.REVIEWER);
        Snapshot earlier = whole(projectId, snapshotId);
        Optional<Snapshot> later = laterId.map(id -> whole(projectId, id));
        return walks.one(projectId, () -> comparisons.compare(earlier, later));
    }

    /**
     * Rows that differ, in the order of their keys.
     *
     * @param from  only those that had this label (a class id, {@link Comparison#NONE}, {@link Comparison#UNLABELED})
     * @param to    only those that have this one
     * @param after the key of the last one seen; 0 to begin
     */
    public List<Comparison.Item> differing(long projectId, long snapshotId, Optional<Long> laterId, Optional<Long> from, Optional<Long> to,
            long after, int limit) {
        access.require(projectId, Role.REVIEWER);
        Snapshot earlier = whole(projectId, snapshotId);
        Optional<Snapshot> later = laterId.map(id -> whole(projectId, id));
        return walks.one(projectId, () -> comparisons.items(earlier, later, from, to, after, limit));
    }

    /** The labels of a snapshot as a file. @param labeledOnly whether rows without an answer stay out */
    public SnapshotFile export(long projectId, long snapshotId, ExportFormat format, boolean labeledOnly) {
        access.require(projectId, Role.MANAGER);
        Snapshot snapshot = whole(projectId, snapshotId);
        boolean texts = projects.get(projectId).kind() == ProjectKind.TEXT;
        if (!texts && format != ExportFormat.CSV && format != ExportFormat.JSONL) {
            throw new Refused("Labels of series go out of a snapshot as csv or jsonl.");
        }
        audit.record("labels.exported", "snapshot:" + snapshotId, projectId, Map.of("format", format.name(), "labeledOnly", labeledOnly, "hash", snapshot.hash()));
        String name = snapshot.name().replaceAll("[^\\p{L}\\p{N}.]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        return new SnapshotFile((name.isEmpty() ? "snapshot-" + snapshotId : name) + "." + format.ending(), format.mediaType(), out -> {
            if (texts) {
                exports.texts(snapshot, format, labeledOnly, out);
            } else {
                exports.windows(snapshot, format, out);
            }
        });
    }

    /** Reads it all anew, with the texts it is about, and says whether its hash is still the one it was given. */
    public boolean verify(long projectId, long snapshotId) {
        access.require(projectId, Role.MANAGER);
        Snapshot snapshot = whole(projectId, snapshotId);
        return walks.one(projectId, () -> {
            boolean same = HexFormat.of().formatHex(hash(snapshot)).equals(snapshot.hash());
            known(projectId, snapshotId); // removed meanwhile, it says nothing
            return same;
        });
    }

    /** Holds no connection from one chunk to the next. */
    private byte[] hash(Snapshot snapshot) {
        ContentHash hash = new ContentHash(frame(snapshot.id()));
        long after = 0;
        for (var chunk = snapshots.chunkAfter(snapshot.id(), after); chunk.isPresent(); chunk = snapshots.chunkAfter(snapshot.id(), after)) {
            List<SnapshotRow> rows = chunk.get().rows();
            Map<Long, Present.Source> sources = sources(snapshot.projectId(), rows.getFirst().key(), rows.getLast().key());
            rows.forEach(row -> hash.row(row, row.window() == null ? sources.get(row.key()) : null));
            after = chunk.get().lastKey();
        }
        return hash.value();
    }

    private String frame(long snapshotId) {
        try (Connection connection = dataSource.getConnection()) {
            return SnapshotFrame.of(connection, snapshotId);
        } catch (SQLException e) {
            throw new IllegalStateException("A snapshot cannot be read", e);
        }
    }

    private Map<Long, Present.Source> sources(long projectId, long first, long last) {
        Map<Long, Present.Source> sources = new HashMap<>();
        sql.list("""
                select w.id, w.external_id, i.fingerprint, w.metadata::text from item_row w join item i on i.id = w.item_id
                where w.project_id = ? and w.id between ? and ?""",
                row -> sources.put(row.getLong(1), new Present.Source(row.getString(2), row.getBytes(3), row.getString(4))), projectId, first, last);
        return sources;
    }

    private Snapshot whole(long projectId, long snapshotId) {
        Snapshot snapshot = known(projectId, snapshotId);
        if (snapshot.state() != Snapshot.State.READY) {
            throw new Refused(snapshot.state() == Snapshot.State.FAILED ? "This snapshot could not be taken. Remove it and take another one."
                    : "This snapshot is still being taken. Wait a moment.");
        }
        return snapshot;
    }

    private Snapshot known(long projectId, long snapshotId) {
        return snapshots.find(projectId, snapshotId).orElseThrow(() -> new OutOfReach("There is no such snapshot."));
    }
}
