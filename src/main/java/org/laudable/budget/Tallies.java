package org.laudable.budget;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.laudable.database.Sql;

/**
 * How many items are labelled and by whom, and how many answers count, without counting them: the table {@code tally} has
 * their changes, written by the database as they happen (V1_17). For services; checks no access.
 */
@ApplicationScoped
public class Tallies {
    /** More changes than this are put together. */
    private static final int MANY = 400;

    private final Sql sql;

    Tallies(Sql sql) {
        this.sql = sql;
    }

    /** Items whose label people, reviewers or a language model gave. */
    @Transactional
    public long resolved(long projectId) {
        return sum(projectId, "PERSON", "REVIEWER", "LLM");
    }

    /** Items a language model labelled. */
    @Transactional
    public long byLanguageModel(long projectId) {
        return sum(projectId, "LLM");
    }

    /** Answers of people that count: a class or 'none of these', the newest of a person to a question, neither surplus nor gold. */
    @Transactional
    public long answers(long projectId) {
        return sum(projectId, "ANSWERS");
    }

    private record Sum(long value, int rows) {}

    private long sum(long projectId, String... kinds) {
        Sum sum = sql.first("select coalesce(sum(change), 0), count(*) from tally where project_id = ? and kind = any (?)",
                row -> new Sum(row.getLong(1), row.getInt(2)), projectId, kinds).orElseThrow();
        if (sum.rows() > MANY) {
            putTogether(projectId);
        }
        return sum.value();
    }

    /** What another transaction is putting together is left to it. */
    private void putTogether(long projectId) {
        sql.update("""
                with gone as (delete from tally where ctid = any (array(select ctid from tally where project_id = ? for update skip locked))
                  returning project_id, kind, change)
                insert into tally select project_id, kind, sum(change) from gone group by 1, 2""", projectId);
    }
}
