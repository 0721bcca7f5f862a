package org.laudable.budget;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.laudable.dataset.ExportWriter;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;

/** What a project's money went to, for its managers: sums, the ledger's lines, and the ledger as a file. */
@ApplicationScoped
public class SpendingService {
    private static final List<String> HEADER = List.of("entry", "at", "kind", "source", "who", "question", "reservation", "amount",
            "currency", "note");

    private final ProjectAccess access;
    private final BudgetService budget;
    private final Tallies tallies;
    private final LedgerReader ledger;
    private final AuditLog audit;

    SpendingService(ProjectAccess access, BudgetService budget, Tallies tallies, LedgerReader ledger, AuditLog audit) {
        this.access = access;
        this.budget = budget;
        this.tallies = tallies;
        this.ledger = ledger;
        this.audit = audit;
    }

    @Transactional
    public Spending spending(long projectId) {
        access.require(projectId, Role.MANAGER);
        BudgetSummary summary = budget.summary(projectId);
        return new Spending(summary.currency(), summary.settledMicros(), summary.reservedMicros(), summary.capMicros(),
                tallies.resolved(projectId), ledger.sources(projectId), ledger.people(projectId), ledger.models(projectId), ledger.days(projectId));
    }

    /** Entries of the ledger, the newest first. */
    @Transactional
    public List<LedgerLine> lines(long projectId, LedgerFilter filter, int offset, int limit) {
        access.require(projectId, Role.MANAGER);
        return ledger.lines(projectId, filter, offset, limit);
    }

    @Transactional
    public int count(long projectId, LedgerFilter filter) {
        access.require(projectId, Role.MANAGER);
        return ledger.count(projectId, filter);
    }

    /** The whole ledger as CSV, its access checked here, its lines read when it is written. */
    @Transactional
    public LedgerFile file(long projectId) {
        access.require(projectId, Role.MANAGER);
        String currency = budget.summary(projectId).currency();
        audit.record("ledger.exported", "project:" + projectId, projectId, Map.of());
        return out -> write(projectId, currency, out);
    }

    /** A ledger on its way out. */
    public interface LedgerFile {

        /** Streams; leaves {@code out} open. */
        void writeTo(OutputStream out) throws IOException;
    }

    private void write(long projectId, String currency, OutputStream out) throws IOException {
        CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord(HEADER);
        ledger.each(projectId, line -> csv.writeRecord(Stream.of(line.id(), line.at(), line.kind(), line.source(), line.who().orElse(""),
                        line.taskId().map(String::valueOf).orElse(""), line.reservationId().map(String::valueOf).orElse(""),
                        BigDecimal.valueOf(line.micros(), 6).toPlainString(), currency, line.note().orElse(""))
                .map(value -> ExportWriter.harmless(value.toString())).toList()));
        csv.flush();
    }
}
