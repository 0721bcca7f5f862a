package org.laudable.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.laudable.dataset.ExportWriter;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.CurrentUser;

/** Who did what, when, from where: all of it for administrators, a project's part for its managers. */
@ApplicationScoped
public class AuditTrail {
    /** Counting ends here: "more than 10,000" tells as much. */
    public static final int COUNTED = 10_000;
    private static final List<String> HEADER =
            List.of("id", "at", "who", "action", "subject", "project_id", "project", "details", "origin", "token");

    private final AuditReader reader;
    private final AuditLog log;
    private final CurrentUser currentUser;
    private final ProjectAccess access;
    private final ObjectMapper json;

    AuditTrail(AuditReader reader, AuditLog log, CurrentUser currentUser, ProjectAccess access, ObjectMapper json) {
        this.reader = reader;
        this.log = log;
        this.currentUser = currentUser;
        this.access = access;
        this.json = json;
    }

    /** The form of an exported trail. */
    public enum Format {
        CSV("text/csv;charset=UTF-8"), NDJSON("application/x-ndjson");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }

        public String extension() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Somebody who did something. */
    public record Person(long id, String name) {}

    /** A trail on its way out. */
    public interface TrailFile {

        /** Streams; leaves {@code out} open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** The newest first. */
    @Transactional
    public List<AuditEvent> events(AuditFilter filter, int offset, int limit) {
        check(filter);
        return reader.events(filter, offset, limit);
    }

    /** How many there are, at most {@link #COUNTED}. */
    @Transactional
    public int count(AuditFilter filter) {
        check(filter);
        return reader.count(filter, COUNTED);
    }

    /** The first parts of the actions there are, to filter by. */
    @Transactional
    public List<String> features() {
        currentUser.require();
        return reader.features();
    }

    /** Who did something, in this project or at all; by name. */
    @Transactional
    public List<Person> people(Optional<Long> projectId) {
        check(projectId.map(AuditFilter.ALL::inProject).orElse(AuditFilter.ALL));
        return reader.people(projectId);
    }

    /** Checks the access and notes the export before the first byte. */
    @Transactional
    public TrailFile file(AuditFilter filter, Format format) {
        check(filter);
        log.record("audit.exported", filter.projectId().map(id -> "project:" + id).orElse("audit:all"), filter.projectId().orElse(null),
                Map.of("format", format, "filter", filter.toString()));
        return out -> write(filter, format, out);
    }

    /** Walks the whole chain: minutes for a hundred million events. Administrators only. */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public AuditChain.Verification verify() {
        currentUser.requireAdmin();
        return reader.verify();
    }

    private void check(AuditFilter filter) {
        if (currentUser.require().admin()) {
            return;
        }
        if (filter.projectId().isEmpty()) {
            currentUser.requireAdmin();
        }
        access.require(filter.projectId().orElseThrow(), Role.MANAGER);
    }

    private void write(AuditFilter filter, Format format, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        if (format == Format.CSV) {
            CsvWriter csv = CsvWriter.builder().build(text);
            csv.writeRecord(HEADER);
            reader.each(filter, event -> csv.writeRecord(values(event).map(ExportWriter::harmless).toList()));
            csv.flush();
        } else {
            reader.each(filter, event -> text.append(line(event)).append('\n'));
            text.flush();
        }
    }

    private static Stream<String> values(AuditEvent it) {
        return Stream.of(Long.toString(it.id()), it.at().toString(), it.who().orElse(""), it.action(), it.subject(), text(it.projectId()),
                it.project().orElse(""), it.details(), it.origin().orElse(""), it.token().orElse(""));
    }

    private String line(AuditEvent it) throws JsonProcessingException {
        ObjectNode node = json.createObjectNode();
        node.put("id", it.id()).put("at", it.at().toString()).put("who", it.who().orElse(null)).put("action", it.action())
                .put("subject", it.subject()).put("project_id", it.projectId().orElse(null)).put("project", it.project().orElse(null));
        node.set("details", json.readTree(it.details()));
        node.put("origin", it.origin().orElse(null)).put("token", it.token().orElse(null));
        return json.writeValueAsString(node);
    }

    private static String text(Optional<Long> number) {
        return number.map(String::valueOf).orElse("");
    }
}
