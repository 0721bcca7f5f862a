package org.laudable.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.laudable.LaudableConfig;
import org.laudable.database.Sql;
import org.laudable.jobs.JobState;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.UnusableBundle;

/**
 * Model files in the database, in pieces of a megabyte. For the loops and {@link ModelService}; checks no access.
 */
@ApplicationScoped
public class BundleStore {
    private static final int PIECE = 1 << 20;
    /** Files kept per project; older ones go when a newer one is whole. */
    private static final int KEPT = 5;
    private static final String START = """
            select s.bundle_id, b.manifest ->> 'project' as project, b.version, b.sha256, a.display_name, s.loaded_at, s.report
            from model_start s join model_bundle b on b.id = s.bundle_id left join account a on a.id = s.loaded_by\s""";

    private final Sql sql;
    private final ObjectMapper json;
    private final LaudableConfig config;

    BundleStore(Sql sql, ObjectMapper json, LaudableConfig config) {
        this.sql = sql;
        this.json = json;
        this.config = config;
    }

    /** A file's row. */
    record Row(long id, String version, Long bytes, String sha256, Long jobId, JobState job, String error, java.time.Instant createdAt) {
        KeptModel.State state() {
            return bytes != null ? KeptModel.State.READY
                    : job == JobState.WAITING || job == JobState.RUNNING ? KeptModel.State.MAKING : KeptModel.State.FAILED;
        }
    }

    /** Files made of a project's own models, newest first. */
    @Transactional
    List<Row> own(long projectId) {
        return sql.list("""
                select b.*, j.state as job_state, j.error as job_error from model_bundle b left join job j on j.id = b.job_id
                where b.project_id = ? and b.origin = 'OWN' order by b.id desc""", BundleStore::row, projectId);
    }

    /** The whole file of a version of the project's own. */
    @Transactional
    public Optional<Long> kept(long projectId, String version) {
        return sql.first("select id from model_bundle where project_id = ? and origin = 'OWN' and version = ? and bytes is not null", row -> row.getLong(1), projectId, version);
    }

    private static Row row(ResultSet row) throws SQLException {
        String job = row.getString("job_state");
        return new Row(row.getLong("id"), row.getString("version"), row.getObject("bytes", Long.class), row.getString("sha256"),
                row.getObject("job_id", Long.class), job == null ? null : JobState.valueOf(job), row.getString("job_error"),
                Sql.instant(row, "created_at"));
    }

    @Transactional
    long insert(long projectId, String origin, String version, long person) {
        return sql.number("insert into model_bundle (project_id, origin, version, created_by) values (?, ?, ?, ?) returning id", projectId, origin, version, person);
    }

    @Transactional
    void job(long bundleId, long jobId) {
        sql.update("update model_bundle set job_id = ? where id = ?", jobId, bundleId);
    }

    @Transactional
    Optional<ModelCard> card(long bundleId) {
        return sql.first("select card from model_bundle where id = ? and card is not null", row -> read(row.getString(1), ModelCard.class), bundleId);
    }

    /** Saves a whole file; in the caller's transaction, so it is there with all its pieces or not at all. */
    @Transactional
    void save(long bundleId, Path file, Object manifest, Optional<ModelCard> card) throws IOException {
        sql.update("delete from model_bundle_piece where bundle_id = ?", bundleId);
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                digest.update(piece);
                sql.update("insert into model_bundle_piece (bundle_id, number, data) values (?, ?, ?)", bundleId, number++, piece);
            }
        }
        sql.update("update model_bundle set bytes = ?, sha256 = ?, manifest = ?::jsonb, card = ?::jsonb, finished_at = now() where id = ?",
                Files.size(file), HexFormat.of().formatHex(digest.digest()), write(manifest), card.map(this::write).orElse(null), bundleId);
    }

    /** A model was written under another version than it was asked for: a round ended meanwhile. False if that one is here already. */
    @Transactional
    boolean rename(long bundleId, long projectId, String version) {
        boolean there = sql.number("select count(*) from model_bundle where project_id = ? and origin = 'OWN' and version = ? and id <> ?", projectId, version, bundleId) > 0;
        if (there) {
            sql.update("delete from model_bundle where id = ?", bundleId);
            return false;
        }
        sql.update("update model_bundle set version = ? where id = ?", version, bundleId);
        return true;
    }

    @Transactional
    void dropOld(long projectId) {
        sql.update("""
                delete from model_bundle where project_id = ? and origin = 'OWN' and bytes is not null and id not in (
                  select id from model_bundle where project_id = ? and origin = 'OWN' and bytes is not null order by id desc limit ?)""",
                projectId, projectId, KEPT);
    }

    /** Copies a file piece by piece. */
    public void copy(long bundleId, OutputStream to) throws IOException {
        for (int number = 0;; number++) {
            Optional<byte[]> piece = sql.first("select data from model_bundle_piece where bundle_id = ? and number = ?", row -> row.getBytes(1), bundleId, number);
            if (piece.isEmpty()) {
                return;
            }
            to.write(piece.get());
        }
    }

    /** Work with an opened file. */
    public interface Use<T> {
        T of(BundleFile file) throws IOException, UnusableBundle;
    }

    /**
     * Opens a kept file for a moment.
     *
     * @throws UnusableBundle if this Laudable cannot read it any more
     */
    public <T> T with(long bundleId, Use<T> use) throws IOException, UnusableBundle {
        Path copy = temporary();
        try {
            try (OutputStream out = Files.newOutputStream(copy)) {
                copy(bundleId, out);
            }
            try (BundleFile file = BundleFile.open(copy)) {
                return use.of(file);
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    Path temporary() throws IOException {
        return Files.createTempFile(Files.createDirectories(config.data().resolve("models")), "model", ".part");
    }

    /** What the project's next run begins with. */
    @Transactional
    public Optional<LoadedStart> start(long projectId) {
        return sql.first(START + "where s.project_id = ?", this::loaded, projectId);
    }

    /** A start by its file, also once another one has taken its place. */
    @Transactional
    public Optional<String> title(long bundleId) {
        return sql.first("select manifest ->> 'project', version, sha256 from model_bundle where id = ?",
                row -> "%s, version %s (SHA-256 %.12s…)".formatted(row.getString(1), row.getString(2), row.getString(3)), bundleId);
    }

    @Transactional
    void begin(long projectId, long bundleId, StartReport report, long person) {
        sql.update("delete from model_start where project_id = ?", projectId);
        sql.update("insert into model_start (project_id, bundle_id, report, loaded_by) values (?, ?, ?::jsonb, ?)", projectId, bundleId, write(report), person);
        dropUnused(projectId);
    }

    @Transactional
    void end(long projectId) {
        sql.update("delete from model_start where project_id = ?", projectId);
        dropUnused(projectId);
    }

    /** Files that a run began with are kept: its models are made again from them. */
    private void dropUnused(long projectId) {
        sql.update("""
                delete from model_bundle b where b.project_id = ? and b.origin = 'START'
                  and not exists (select 1 from model_start s where s.bundle_id = b.id) and not exists (
                  select 1 from run r where r.project_id = b.project_id and (r.settings ->> 'startModel')::bigint = b.id)""", projectId);
    }

    private LoadedStart loaded(ResultSet row) throws SQLException {
        return new LoadedStart(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5),
                row.getTimestamp(6).toInstant(), read(row.getString(7), StartReport.class));
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A model's " + type.getSimpleName() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
