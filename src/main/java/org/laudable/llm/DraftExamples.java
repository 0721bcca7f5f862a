package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.database.Sql;

/** What drafts are made from: texts people have labeled, and those they, or they and a model, called differently; none of the audit sample. */
@ApplicationScoped
class DraftExamples {
    private static final int PER_CLASS = 6;
    private static final int MOST_CASES = 20;

    private final Sql sql;

    DraftExamples(Sql sql) {
        this.sql = sql;
    }

    record Disagreement(String text, List<String> calledIt) {}

    private record Example(long classId, String text) {}

    /** Some texts of each class, always the same ones while no label changes. */
    @Transactional
    Map<Long, List<String>> byClass(long projectId) {
        return sql.list("""
                select class_id, body from (
                  select r.class_id, i.body, row_number() over (partition by r.class_id order by i.shuffle, i.id) as n
                  from resolution r join item i on i.id = r.item_id and i.split = 'POOL' and i.series_id is null
                  where r.project_id = ? and r.superseded_at is null and r.outcome = 'LABEL' and r.origin in ('PERSON', 'REVIEWER')) e
                where n <= ? order by class_id, n""", row -> new Example(row.getLong(1), row.getString(2)), projectId, PER_CLASS)
                .stream().collect(Collectors.groupingBy(Example::classId, Collectors.mapping(Example::text, Collectors.toList())));
    }

    /** The newest ones first. */
    @Transactional
    List<Disagreement> disagreements(long projectId) {
        return sql.list("""
                select i.body, array_agg(s.who || ': ' || c.name order by s.who, c.name) from (
                  select distinct a.item_id, a.class_id, 'a person' as who from annotation a
                  where a.project_id = ? and a.kind = 'LABEL'
                    and not exists (select 1 from task g where g.id = a.task_id and g.purpose = 'GOLD')
                    and a.revision = (select max(b.revision) from annotation b
                    where b.task_id = a.task_id and b.account_id = a.account_id)
                  union select distinct a.item_id, a.suggestion_class_id, 'a model' from annotation a
                  where a.project_id = ? and a.kind = 'LABEL' and a.suggestion_class_id is not null
                  union select m.item_id, m.class_id, 'a language model' from llm_answer m where m.project_id = ? and m.class_id is not null) s
                join item i on i.id = s.item_id and i.split = 'POOL' and i.series_id is null
                join label_class c on c.id = s.class_id
                group by i.id having count(distinct s.class_id) > 1 and bool_or(s.who = 'a person')
                order by i.id desc limit ?""",
                row -> new Disagreement(row.getString(1), Arrays.asList((String[]) row.getArray(2).getArray())), projectId, projectId, projectId, MOST_CASES);
    }
}
