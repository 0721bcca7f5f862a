package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.laudable.database.Sql;
import org.laudable.dataset.Origin;

/**
 * Labels of models that nobody has looked at and that may be accepted together: outside the audit sample, not asked about at
 * the moment, and without a word of any person, so that disputed and flagged items stay with their reviewers. For services;
 * checks no access.
 */
@ApplicationScoped
public class ModelLabels {
    private static final String OF_MODELS = """
            where r.project_id = ? and r.superseded_at is null and r.sample_id is null and r.outcome = 'LABEL'
              and r.origin = any (?) and (cast(? as bigint) is null or r.class_id = ?) and (cast(? as real) is null or r.confidence >= ?)
            """;
    /** {@code r} the labels; parameters as {@link #parameters} has them. */
    static final String FITTING = "from resolution r join item i on i.id = r.item_id " + OF_MODELS + """
              and i.split <> 'AUDIT'
              and not exists (select 1 from task t where t.item_id = r.item_id and (t.state = 'OPEN' or t.review_reason is not null))
              and not exists (select 1 from annotation a where a.item_id = r.item_id and a.kind not in ('RETRACTED', 'SKIP')
                and not exists (select 1 from annotation later where later.task_id = a.task_id and later.account_id = a.account_id
                  and later.revision > a.revision))
              and not exists (select 1 from sent_back b where b.item_id = r.item_id and b.closed_at is null)""";

    private final Sql sql;

    ModelLabels(Sql sql) {
        this.sql = sql;
    }

    /**
     * Which labels.
     *
     * @param origins whose
     * @param classId null: of any class
     * @param floor   the least confidence; null: any
     */
    public record Which(List<Origin> origins, Long classId, Float floor) {}

    /** A label as it stands. */
    public record Standing(long itemId, long resolutionId) {}

    /** How many there are, counted up to {@code most}. */
    public long count(long projectId, Which which, long most) {
        List<Object> parameters = parameters(projectId, which);
        parameters.add(most);
        return sql.number("select count(*) from (select 1 " + FITTING + " limit ?) bounded", parameters.toArray());
    }

    /** Some of them at random. */
    public List<Standing> draw(long projectId, Which which, int size) {
        List<Object> parameters = parameters(projectId, which);
        parameters.add(size);
        return sql.list("select r.item_id, r.id " + FITTING + " order by random() limit ?",
                row -> new Standing(row.getLong(1), row.getLong(2)), parameters.toArray());
    }

    /** The newest label of all; later ones were made after this call. */
    public long newest() {
        return sql.number("select coalesce(max(id), 0) from resolution");
    }

    /** Items with labels up to {@code newest}, in ascending order, those among them too that may not be accepted. */
    List<Long> items(long projectId, Which which, long newest, long after, int limit) {
        List<Object> parameters = parameters(projectId, which);
        parameters.addAll(List.of(newest, after, limit));
        return sql.list("select r.item_id from resolution r " + OF_MODELS + " and r.id <= ? and r.item_id > ? order by r.item_id limit ?",
                row -> row.getLong(1), parameters.toArray());
    }

    static List<Object> parameters(long projectId, Which which) {
        List<Object> parameters = new ArrayList<>();
        parameters.add(projectId);
        parameters.add(which.origins().stream().map(Origin::name).toArray(String[]::new));
        parameters.add(which.classId());
        parameters.add(which.classId());
        parameters.add(which.floor());
        parameters.add(which.floor());
        return parameters;
    }
}
