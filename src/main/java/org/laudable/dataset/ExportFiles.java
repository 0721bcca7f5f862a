package org.laudable.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.jobs.JobState;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.OutOfReach;

/** Exports for programs: asked for, written to a file in the background, fetched when it is whole. Kept for a week. */
@ApplicationScoped
public class ExportFiles implements JobHandler {
    static final String KIND = "dataset.export";
    private static final Logger LOG = Logger.getLogger(ExportFiles.class);
    private static final String COLUMNS = """
            select e.*, j.state as job_state, j.error as job_error from export_file e left join job j on j.id = e.job_id
            """;

    private final Sql sql;
    private final LaudableConfig config;
    private final ExportService exports;
    private final ProjectAccess access;
    private final JobService jobs;

    ExportFiles(Sql sql, LaudableConfig config, ExportService exports, ProjectAccess access, JobService jobs) {
        this.sql = sql;
        this.config = config;
        this.exports = exports;
        this.access = access;
        this.jobs = jobs;
    }

    /** Puts an export in line. For managers. */
    @Transactional
    public ExportFile order(long projectId, ExportFormat format, boolean labeledOnly) {
        long person = access.require(projectId, Role.MANAGER).id();
        String name = exports.export(projectId, format, labeledOnly).fileName();
        dropOld();
        long id = sql.number("""
                insert into export_file (project_id, format, labeled_only, stored_as, file_name, created_by)
                values (?, ?, ?, ?, ?, ?) returning id""", projectId, format, labeledOnly, UUID.randomUUID(), name, person);
        long job = jobs.submit(KIND, projectId, JsonNodeFactory.instance.objectNode().put("exportId", id), person, JobPriority.BULK);
        sql.update("update export_file set job_id = ? where id = ?", job, id);
        return find(projectId, id);
    }

    /** @throws OutOfReach if it is not there, or of another project */
    @Transactional
    public ExportFile find(long projectId, long exportId) {
        access.require(projectId, Role.MANAGER);
        return sql.first(COLUMNS + "where e.project_id = ? and e.id = ?", ExportFiles::file, projectId, exportId)
                .orElseThrow(() -> new OutOfReach("There is no such export."));
    }

    /** The finished file. @throws Refused while it is not whole, or if it is gone */
    public InputStream open(long projectId, long exportId) throws IOException {
        if (find(projectId, exportId).bytes() == null) {
            throw new Refused("The export is not finished yet. Ask for its state, and fetch it when that is DONE.");
        }
        try {
            return Files.newInputStream(path(exportId));
        } catch (NoSuchFileException e) {
            throw new Refused("The file is gone; exports are kept for a week. Ask for a new one.");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) throws IOException {
        long id = job.payload().path("exportId").asLong();
        List<ExportFile> found = sql.list(COLUMNS + "where e.id = ?", ExportFiles::file, id);
        if (found.isEmpty() || found.getFirst().bytes() != null) {
            return;
        }
        ExportFile file = found.getFirst();
        Path unfinished = Files.createTempFile(folder(), "export", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                exports.write(file.projectId(), file.format(), file.labeledOnly(), out);
            }
            Files.move(unfinished, path(id), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        sql.update("update export_file set bytes = ?, finished_at = now() where id = ?", Files.size(path(id)), id);
    }

    private void dropOld() {
        for (UUID name : sql.list("delete from export_file where created_at < now() - interval '7 days' returning stored_as",
                row -> row.getObject(1, UUID.class))) {
            try {
                Files.deleteIfExists(folder().resolve(name.toString()));
            } catch (IOException e) {
                LOG.warnf(e, "The old export %s could not be deleted", name);
            }
        }
    }

    private Path path(long id) throws IOException {
        return folder().resolve(sql.first("select stored_as from export_file where id = ?", row -> row.getString(1), id).orElseThrow());
    }

    private Path folder() throws IOException {
        return Files.createDirectories(config.data().resolve("exports"));
    }

    private static ExportFile file(ResultSet row) throws SQLException {
        String state = row.getString("job_state");
        return new ExportFile(row.getLong("id"), row.getLong("project_id"), ExportFormat.valueOf(row.getString("format")),
                row.getBoolean("labeled_only"), row.getString("file_name"), state == null ? JobState.WAITING : JobState.valueOf(state),
                row.getObject("bytes", Long.class), row.getString("job_error"), Sql.instant(row, "created_at"), Sql.instant(row, "finished_at"));
    }
}
