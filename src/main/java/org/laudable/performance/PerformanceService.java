package org.laudable.performance;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.laudable.dataset.ExportWriter;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;

/** People's figures: everyone's for the project's managers, one's own for each. */
@ApplicationScoped
public class PerformanceService {
    /** All time. */
    public static final int EVER = 36_500;
    private static final List<String> HEADER = List.of("day", "person", "answers", "active_seconds", "cost", "currency", "compared", "agreed");

    private final PerformanceRepository figures;
    private final ProjectAccess access;
    private final AuditLog audit;

    PerformanceService(PerformanceRepository figures, ProjectAccess access, AuditLog audit) {
        this.figures = figures;
        this.access = access;
        this.audit = audit;
    }

    /** Everyone's figures over the last days; for managers. */
    @Transactional
    public Performance everyone(long projectId, int days) {
        access.require(projectId, Role.MANAGER);
        return read(projectId, null, days);
    }

    /** The signed-in person's own. */
    @Transactional
    public Performance mine(long projectId, int days) {
        return read(projectId, access.require(projectId, Role.ANNOTATOR).id(), days);
    }

    /** Everyone's days as CSV; for managers. */
    @Transactional
    public String file(long projectId) {
        access.require(projectId, Role.MANAGER);
        audit.record("people.exported", "project:" + projectId, projectId, Map.of());
        Performance all = read(projectId, null, EVER);
        StringWriter out = new StringWriter();
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(out);
        csv.writeRecord(HEADER);
        all.days().reversed().forEach(day -> csv.writeRecord(Stream.of(day.day(), day.name(), day.answers(), day.active().toSeconds(),
                BigDecimal.valueOf(day.costMicros(), 6).toPlainString(), all.currency(), day.compared(), day.agreed()).map(cell -> ExportWriter.harmless(cell.toString())).toList()));
        return out.toString();
    }

    private Performance read(long projectId, Long accountId, int days) {
        List<DayFigures> each = figures.days(projectId, accountId, days);
        List<PersonFigures> people = each.stream().collect(Collectors.groupingBy(DayFigures::accountId)).values().stream().map(PersonFigures::of)
                .sorted(Comparator.comparingLong(PersonFigures::answers).reversed().thenComparing(PersonFigures::accountId)).toList();
        return new Performance(figures.currency(projectId), people, each);
    }
}
