package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;

/**
 * Predictions of a team's own model, shown to people beside their questions under the model's name. They are never labels:
 * nothing is resolved, trained or paid by them. The loop's next round may replace them by its own.
 */
@ApplicationScoped
public class OwnSuggestions {
    private final ProjectAccess access;
    private final AuditLog audit;
    private final Sql sql;

    OwnSuggestions(ProjectAccess access, AuditLog audit, Sql sql) {
        this.access = access;
        this.audit = audit;
        this.sql = sql;
    }

    /**
     * What a model says of an item, which is named by its id or by its external id.
     *
     * @param label the class's name
     */
    public record Said(Long itemId, String externalId, String label, Float confidence) {}

    /**
     * What became of a batch.
     *
     * @param shown  open questions that show their suggestion now
     * @param unknown items of the batch that are not in the project
     * @param notAsked items that have no open question now
     */
    @Schema(name = "SuggestionOutcome")
    public record Outcome(int shown, int unknown, int notAsked) {}

    /**
     * Puts the suggestions beside the open questions, all of them or none. For managers.
     *
     * @param source the model's name as people see it
     * @throws Refused if a class is not one of the project's
     */
    @Transactional
    public Outcome suggest(long projectId, String source, List<Said> batch) {
        access.require(projectId, Role.MANAGER);
        Map<String, Long> classes = new HashMap<>();
        sql.list("select id, name from label_class where project_id = ? and not retired", row -> classes.put(row.getString(2).toLowerCase(), row.getLong(1)), projectId);
        Optional<String> foreign = batch.stream().map(Said::label).filter(label -> !classes.containsKey(label.strip().toLowerCase())).findFirst();
        if (foreign.isPresent()) {
            throw new Refused("The project has no class '%s'. Nothing was taken.".formatted(foreign.get()));
        }
        Long[] ids = batch.stream().map(Said::itemId).toArray(Long[]::new);
        String[] external = batch.stream().map(Said::externalId).toArray(String[]::new);
        List<Long> found = sql.list("""
                select coalesce((select i.id from item i where i.id = n.item_id and i.project_id = ?),
                  (select r.item_id from item_row r where r.project_id = ? and r.external_id = n.external_id))
                from unnest(?::bigint[], ?::text[]) with ordinality as n (item_id, external_id, at) order by n.at""",
                row -> row.getObject(1, Long.class), projectId, projectId, ids, external);
        int shown = sql.update("""
                update task t set suggestion_class_id = n.class_id, suggestion_confidence = n.confidence, suggestion_source = ?
                from (select distinct on (item_id) * from unnest(?::bigint[], ?::bigint[], ?::float4[]) with ordinality as u (item_id, class_id, confidence, at)
                  where item_id is not null order by item_id, at desc) n
                where t.project_id = ? and t.item_id = n.item_id and t.state = 'OPEN' and t.purpose <> 'GOLD'""", source,
                found.toArray(Long[]::new), batch.stream().map(one -> classes.get(one.label().strip().toLowerCase())).toArray(Long[]::new),
                batch.stream().map(Said::confidence).toArray(Float[]::new), projectId);
        int known = (int) found.stream().filter(Objects::nonNull).distinct().count();
        audit.record("suggestions.received", "project:" + projectId, projectId, Map.of("source", source, "items", known, "shown", shown));
        return new Outcome(shown, (int) found.stream().filter(Objects::isNull).count(), known - shown);
    }
}
