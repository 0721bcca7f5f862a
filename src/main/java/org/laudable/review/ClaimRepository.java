package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.laudable.database.Sql;

/** Who has which item on the screen. */
@ApplicationScoped
class ClaimRepository {
    private static final int MINUTES = 3;

    private final Sql sql;

    ClaimRepository(Sql sql) {
        this.sql = sql;
    }

    /** False if somebody else has it. Prolongs a claim of the same person. */
    boolean claim(long projectId, long itemId, long accountId) {
        return sql.update("""
                insert into review_claim (item_id, project_id, account_id, until) values (?, ?, ?, now() + make_interval(mins => ?))
                on conflict (item_id) do update set account_id = excluded.account_id, until = excluded.until
                where review_claim.account_id = excluded.account_id or review_claim.until < now()""",
                itemId, projectId, accountId, MINUTES) == 1;
    }

    void release(long projectId, long accountId) {
        sql.update("delete from review_claim where project_id = ? and account_id = ?", projectId, accountId);
    }

    /** The name of who else has it. */
    Optional<String> other(long itemId, long accountId) {
        return sql.first("""
                select a.display_name from review_claim c join account a on a.id = c.account_id
                where c.item_id = ? and c.account_id <> ? and c.until > now()""", row -> row.getString(1), itemId, accountId);
    }
}
