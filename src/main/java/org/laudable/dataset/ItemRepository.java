package org.laudable.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.laudable.database.Sql;

/** Reads items with their labels. */
@ApplicationScoped
class ItemRepository {
    private static final String JOINED = """
            from item i
            left join resolution r on r.item_id = i.id and r.superseded_at is null
            left join prediction p on p.item_id = i.id
            """;

    private static final String DETAILS = """
            select i.id, i.body, r.outcome, r.class_id, c.name as label, r.origin, r.confidence, r.created_at, k.name as known,
              p.class_id as predicted_class_id, pc.name as predicted, p.confidence as predicted_confidence,
              array(select x.external_id from item_row x where x.item_id = i.id order by x.id limit 100) as external_ids,
              (select x.metadata::text from item_row x where x.item_id = i.id order by x.id limit 1) as metadata
            """ + JOINED + """
            left join label_class c on c.id = r.class_id left join label_class k on k.id = i.known_class_id
            left join label_class pc on pc.id = p.class_id
            """;

    private final Sql sql;

    ItemRepository(Sql sql) {
        this.sql = sql;
    }

    List<ItemSummary> page(long projectId, ItemFilter filter, int offset, int limit) {
        List<Object> parameters = new ArrayList<>();
        String where = where(projectId, filter, parameters);
        parameters.add(limit);
        parameters.add(offset);
        return sql.list("""
                select i.id, left(i.body, 400) as body, i.split, r.outcome, r.class_id, r.origin, r.confidence, r.created_at,
                  p.class_id as predicted_class_id, p.confidence as predicted_confidence
                """ + JOINED + where + order(filter.order()) + " limit ? offset ?", ItemRepository::summary, parameters.toArray());
    }

    long count(long projectId, ItemFilter filter) {
        List<Object> parameters = new ArrayList<>();
        String where = where(projectId, filter, parameters);
        boolean itemsOnly = filter.equals(ItemFilter.ALL);
        return sql.number("select count(*) " + (itemsOnly ? "from item i " : JOINED) + where, parameters.toArray());
    }

    /** In ascending order, after one and up to another. */
    List<Long> ids(long projectId, ItemFilter filter, long after, long newest, int limit) {
        List<Object> parameters = new ArrayList<>();
        String where = where(projectId, filter, parameters);
        parameters.addAll(List.of(after, newest, limit));
        return sql.list("select i.id " + JOINED + where + " and i.id > ? and i.id <= ? order by i.id limit ?", row -> row.getLong(1),
                parameters.toArray());
    }

    /** In ascending order of their ids, after one. */
    List<ItemDetails> after(long projectId, ItemFilter filter, long after, int limit) {
        List<Object> parameters = new ArrayList<>();
        String where = where(projectId, filter, parameters);
        parameters.addAll(List.of(after, limit));
        return sql.list(DETAILS + where + " and i.id > ? order by i.id limit ?", ItemRepository::details, parameters.toArray());
    }

    Optional<ItemDetails> details(long projectId, long itemId) {
        return sql.first(DETAILS + "where i.project_id = ? and i.id = ?", ItemRepository::details, projectId, itemId);
    }

    Map<Long, ProjectFigures> figures(List<Long> projectIds) {
        return sql.list("""
                select p.id,
                  (select coalesce(sum(rows_in), 0) from data_import where project_id = p.id),
                  (select count(*) from item where project_id = p.id),
                  count(r.*) filter (where r.outcome = 'LABEL'), count(r.*) filter (where r.outcome = 'NONE'),
                  count(r.*) filter (where r.outcome = 'LABEL' and r.origin in ('PERSON', 'REVIEWER'))
                from unnest(?::bigint[]) as p (id)
                left join resolution r on r.project_id = p.id and r.superseded_at is null
                group by p.id""",
                row -> Map.entry(row.getLong(1), new ProjectFigures(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6))),
                (Object) projectIds.toArray(Long[]::new)).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<ItemHistory> history(long projectId, long itemId) {
        return sql.first("""
                select i.id, i.body, i.split, k.name as known, c.name as predicted, p.confidence, p.model_version, s.name as second
                from item i left join label_class k on k.id = i.known_class_id
                left join prediction p on p.item_id = i.id
                left join label_class c on c.id = p.class_id left join label_class s on s.id = p.second_class_id
                where i.project_id = ? and i.id = ?""",
                row -> new ItemHistory(itemId, row.getString("body"), row.getString("split"), row.getString("known"),
                        row.getString("predicted") == null ? null : new ItemHistory.Prediction(row.getString("predicted"),
                                row.getFloat("confidence"), row.getInt("model_version"), row.getString("second")),
                        rows(itemId), labels(itemId), questions(itemId), answers(itemId)),
                projectId, itemId);
    }

    private List<ItemHistory.Row> rows(long itemId) {
        return sql.list("""
                select r.external_id, d.file_name, r.row_number, r.metadata::text
                from item_row r left join data_import d on d.id = r.import_id where r.item_id = ? order by r.id limit 100""",
                row -> new ItemHistory.Row(row.getString(1), row.getString(2), row.getObject(3, Long.class), row.getString(4)), itemId);
    }

    private List<ItemHistory.Label> labels(long itemId) {
        return sql.list("""
                select r.outcome, c.name, r.origin, r.confidence, r.model_version, r.created_at, r.superseded_at, s.agreed, s.judged,
                  (select a.display_name from account a where a.id = s.created_by) as accepted_by,
                  array(select a.display_name from account a where a.id = any (r.annotators) order by a.display_name)
                    || array(select m.name || ', prompt ' || v.number from llm_model m, llm_prompt_version v
                      where m.id = r.llm_model_id and v.id = r.prompt_version_id) as people
                from resolution r left join label_class c on c.id = r.class_id left join review_sample s on s.id = r.sample_id where r.item_id = ?
                order by r.superseded_at is not null, r.id desc""",
                row -> new ItemHistory.Label(row.getString(1), row.getString(2), Origin.valueOf(row.getString(3)), real(row, "confidence"),
                        row.getObject("model_version", Integer.class), strings(row.getArray("people")),
                        Sql.instant(row, "created_at"), Sql.instant(row, "superseded_at"), row.getString("accepted_by") == null ? null
                                : new ItemHistory.Accepted(row.getString("accepted_by"), row.getInt("agreed"), row.getInt("judged"))), itemId);
    }

    private List<ItemHistory.Question> questions(long itemId) {
        return sql.list("""
                select t.purpose, t.state, t.reason, c.name, t.suggestion_confidence, t.suggestion_source, t.created_at
                from task t left join label_class c on c.id = t.suggestion_class_id where t.item_id = ? order by t.id desc""",
                row -> new ItemHistory.Question(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                        real(row, "suggestion_confidence"), row.getString(6), Sql.instant(row, "created_at")), itemId);
    }

    private List<ItemHistory.Answer> answers(long itemId) {
        return sql.list("""
                select p.display_name, a.kind, c.name, a.revision, a.comment, a.active_millis, a.guideline_number,
                  s.name as suggestion, a.late, a.surplus, a.created_at, a.reason
                from annotation a join account p on p.id = a.account_id left join label_class c on c.id = a.class_id
                left join label_class s on s.id = a.suggestion_class_id where a.item_id = ? order by a.id desc""",
                row -> new ItemHistory.Answer(row.getString(1), row.getString(2), row.getString(3), row.getInt(4), row.getString(5),
                        row.getLong(6), row.getObject(7, Integer.class), row.getString("suggestion"), row.getBoolean("late"),
                        row.getBoolean("surplus"), Sql.instant(row, "created_at"), row.getString("reason")), itemId);
    }

    private static String where(long projectId, ItemFilter filter, List<Object> parameters) {
        StringBuilder where = new StringBuilder("where i.project_id = ?");
        parameters.add(projectId);
        if (!filter.search().isBlank()) {
            where.append(" and (i.body ilike ? or exists (select 1 from item_row x where x.project_id = i.project_id"
                    + " and x.external_id = ? and x.item_id = i.id))");
            parameters.add("%" + filter.search().strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
            parameters.add(filter.search().strip());
        }
        where.append(switch (filter.status()) {
            case ALL -> "";
            case LABELED -> " and r.outcome = 'LABEL'";
            case NONE -> " and r.outcome = 'NONE'";
            case UNLABELED -> " and r.id is null";
        });
        Stream.of(new Limit(" and r.class_id = ?", filter.classId()), new Limit(" and r.origin = ?", filter.origin()),
                        new Limit(" and coalesce(r.confidence, p.confidence) >= ?", filter.minConfidence()),
                        new Limit(" and coalesce(r.confidence, p.confidence) <= ?", filter.maxConfidence()))
                .filter(limit -> limit.value != null)
                .forEach(limit -> {
                    where.append(limit.condition);
                    parameters.add(limit.value);
                });
        return where.toString();
    }

    private record Limit(String condition, Object value) {}

    private static String order(ItemFilter.Order order) {
        return switch (order) {
            case FILE -> " order by i.id";
            case LEAST_SURE -> " order by coalesce(r.confidence, p.confidence) nulls last, i.id";
            case NEWEST_LABEL -> " order by r.id desc nulls last, i.id";
        };
    }

    private static ItemSummary summary(ResultSet row) throws SQLException {
        String origin = row.getString("origin");
        return new ItemSummary(row.getLong("id"), row.getString("body"), row.getString("split").equals("AUDIT"),
                row.getString("outcome"), row.getObject("class_id", Long.class), origin == null ? null : Origin.valueOf(origin),
                real(row, "confidence"), Sql.instant(row, "created_at"), row.getObject("predicted_class_id", Long.class),
                real(row, "predicted_confidence"));
    }

    private static ItemDetails details(ResultSet row) throws SQLException {
        String origin = row.getString("origin");
        return new ItemDetails(row.getLong("id"), row.getString("body"), strings(row.getArray("external_ids")), row.getString("metadata"),
                row.getString("outcome"), row.getObject("class_id", Long.class), row.getString("label"),
                origin == null ? null : Origin.valueOf(origin), real(row, "confidence"), Sql.instant(row, "created_at"),
                row.getString("known"), row.getObject("predicted_class_id", Long.class), row.getString("predicted"),
                real(row, "predicted_confidence"));
    }

    /** PostgreSQL's real, or null. */
    static Float real(ResultSet row, String column) throws SQLException {
        float value = row.getFloat(column);
        return row.wasNull() ? null : Float.valueOf(value);
    }

    private static List<String> strings(Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
