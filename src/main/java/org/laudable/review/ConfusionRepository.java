package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.laudable.database.Sql;
import org.laudable.dataset.Origin;

/** Reads what two raters said of the same items. */
@ApplicationScoped
class ConfusionRepository {
    private final Sql sql;

    ConfusionRepository(Sql sql) {
        this.sql = sql;
    }

    /** Everybody who said a class of an item of the project: people by name, then models. */
    List<Rater> raters(long projectId) {
        return sql.list("""
                (select 'PERSON', a.id, a.display_name from account a
                  where exists (select 1 from annotation n where n.project_id = ? and n.account_id = a.id) order by a.display_name, a.id)
                union all
                (select 'LLM', m.id, m.name from llm_model m where exists (select 1 from llm_answer l
                  where l.project_id = ? and l.model_id = m.id and l.class_id is not null) order by m.name, m.id)
                union all
                (select 'MODEL', 0, '' from project p where p.id = ? and exists (select 1 from prediction d where d.project_id = p.id))""",
                row -> new Rater(Origin.valueOf(row.getString(1)), row.getLong(2), row.getString(3)), projectId, projectId, projectId);
    }

    /** @param first null: none of these; likewise {@code second} */
    record Cell(Long first, Long second, int times) {}

    List<Cell> cells(long projectId, Rater first, Rater second) {
        return sql.list("select f.class_id, s.class_id, count(*) from (" + said(first) + ") f join (" + said(second)
                        + ") s on s.item_id = f.item_id group by f.class_id, s.class_id",
                row -> new Cell(row.getObject(1, Long.class), row.getObject(2, Long.class), row.getInt(3)), projectId, first.id(), projectId, second.id());
    }

    /** Their newest word on each item; answers to gold questions are no agreement with anybody. */
    private static String said(Rater rater) {
        return switch (rater.origin()) {
            case LLM -> """
                    select distinct on (l.item_id) l.item_id, l.class_id from llm_answer l
                    where l.project_id = ? and l.model_id = ? and l.state = 'ANSWERED' and l.class_id is not null order by l.item_id, l.id desc""";
            case MODEL -> "select d.item_id, d.class_id from prediction d where d.project_id = ? and ? = 0";
            default -> """
                    select a.item_id, a.class_id from annotation a where a.project_id = ? and a.account_id = ? and a.kind in ('LABEL', 'NONE')
                      and not exists (select 1 from task g where g.id = a.task_id and g.purpose = 'GOLD')
                      and a.id = (select max(n.id) from annotation n where n.item_id = a.item_id and n.account_id = a.account_id)""";
        };
    }
}
