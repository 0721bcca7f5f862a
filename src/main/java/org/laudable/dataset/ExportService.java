package org.laudable.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.laudable.database.Sql;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;

/** What goes out: every imported row with its item's label and where that came from, streamed. For managers. */
@ApplicationScoped
public class ExportService {
    private static final int FETCHED_AT_ONCE = 2_000;
    private static final String QUERY = """
            select w.external_id, i.body, c.name as label, r.outcome, r.origin, r.confidence, r.annotators, r.created_at,
              r.model_version, k.name as known, w.metadata::text as metadata,
              case when r.origin in ('PERSON', 'REVIEWER') then
                (select sum(a.active_millis) / 1000.0 from annotation a where a.item_id = i.id) end as seconds,
              pc.name as predicted, p.confidence as predicted_confidence, p.model_version as predicted_by,
              fc.name as suggested, f.confidence as suggested_confidence, f.source as suggested_by
            from item_row w join item i on i.id = w.item_id
            left join resolution r on r.item_id = i.id and r.superseded_at is null
            left join label_class c on c.id = r.class_id left join label_class k on k.id = i.known_class_id
            left join prediction p on p.item_id = i.id left join label_class pc on pc.id = p.class_id
            left join item_suggestion f on f.item_id = i.id left join label_class fc on fc.id = f.class_id
            where w.project_id = ? and (not ? or r.id is not null) order by w.id""";

    private final DataSource dataSource;
    private final ProjectAccess access;
    private final ProjectService projects;
    private final AuditLog audit;
    private final Sql sql;

    ExportService(DataSource dataSource, ProjectAccess access, ProjectService projects, AuditLog audit, Sql sql) {
        this.dataSource = dataSource;
        this.access = access;
        this.projects = projects;
        this.audit = audit;
        this.sql = sql;
    }

    /** An export whose access has been checked. */
    public interface Export {
        String fileName();

        /** Writes it all; needs memory for a few thousand rows. Leaves {@code out} open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** @param labeledOnly whether rows without an answer stay out */
    public Export export(long projectId, ExportFormat format, boolean labeledOnly) {
        access.require(projectId, Role.MANAGER);
        String name = projects.find(projectId).name().replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
        audit.record("labels.exported", "project:" + projectId, projectId, Map.of("format", format.name(), "labeledOnly", labeledOnly));
        return new Export() {
            @Override
            public String fileName() {
                return (name.isEmpty() ? "labels" : name) + "." + format.ending();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                write(projectId, format, labeledOnly, out);
            }
        };
    }

    /** For background work; checks no access. */
    void write(long projectId, ExportFormat format, boolean labeledOnly, OutputStream out) throws IOException {
        Map<Long, String> people = people(projectId);
        List<String> classes = sql.list("""
                select c.name from label_class c where c.project_id = ? and (not c.retired or exists (select 1 from resolution r
                  where r.project_id = c.project_id and r.class_id = c.id and r.superseded_at is null)) order by c.retired, c.ordinal, c.id""",
                row -> row.getString(1), projectId);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(QUERY)) {
                query.setFetchSize(FETCHED_AT_ONCE);
                query.setLong(1, projectId);
                query.setBoolean(2, labeledOnly);
                try (ResultSet rows = query.executeQuery()) {
                    ExportWriter writer = ExportWriter.to(new Unclosed(out), format, classes);
                    while (rows.next()) {
                        writer.write(row(rows, people));
                    }
                    writer.close();
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IOException("The export broke off: the database cannot be read", e);
        }
    }

    private Map<Long, String> people(long projectId) {
        Map<Long, String> names = new HashMap<>();
        sql.list("""
                select id, username from account where id in
                  (select distinct unnest(annotators) from resolution where project_id = ? and superseded_at is null)""",
                row -> names.put(row.getLong(1), row.getString(2)), projectId);
        return names;
    }

    private static ExportedRow row(ResultSet row, Map<Long, String> people) throws SQLException {
        String origin = row.getString("origin");
        double seconds = row.getDouble("seconds");
        boolean timed = !row.wasNull();
        String outcome = row.getString("outcome");
        List<String> annotators = new ArrayList<>();
        Array ids = row.getArray("annotators");
        if (ids != null) {
            for (Long id : (Long[]) ids.getArray()) {
                annotators.add(people.getOrDefault(id, "account-" + id));
            }
        }
        return new ExportedRow(row.getString("external_id"), row.getString("body"), row.getString("label"),
                outcome == null ? null : outcome.equals("NONE") ? "none of these" : "label",
                origin == null ? null : Origin.valueOf(origin), ItemRepository.real(row, "confidence"), annotators,
                Sql.instant(row, "created_at"), timed ? seconds : null, row.getObject("model_version", Integer.class),
                row.getString("known"), row.getString("metadata"), guesses(row));
    }

    private static List<ExportedRow.Guess> guesses(ResultSet row) throws SQLException {
        List<ExportedRow.Guess> guesses = new ArrayList<>(2);
        if (row.getString("predicted") != null) {
            guesses.add(new ExportedRow.Guess(row.getString("predicted"), ItemRepository.real(row, "predicted_confidence"),
                    "laudable model v" + row.getInt("predicted_by")));
        }
        if (row.getString("suggested") != null) {
            guesses.add(new ExportedRow.Guess(row.getString("suggested"), ItemRepository.real(row, "suggested_confidence"),
                    row.getString("suggested_by")));
        }
        return guesses;
    }

    /** Lets a writer flush and end without closing the response. */
    public static final class Unclosed extends FilterOutputStream {
        public Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
