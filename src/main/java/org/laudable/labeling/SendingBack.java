package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.laudable.database.Sql;

/**
 * Answers that a reviewer sends back to who gave them, with a note. The answer stands until its author answers again; that
 * is a new revision, paid no second time. For services; checks no access.
 */
@ApplicationScoped
public class SendingBack {
    private final Sql sql;
    private final LeaseRepository leases;

    SendingBack(Sql sql, LeaseRepository leases) {
        this.sql = sql;
        this.leases = leases;
    }

    /**
     * Sends these people's newest answers about an item back. Who has it back already gets the new note.
     *
     * @return to whom it went
     */
    @Transactional
    public List<Long> send(long projectId, long itemId, long reviewerId, String note, List<Long> accounts) {
        return sql.list("""
                insert into sent_back (project_id, task_id, item_id, account_id, annotation_id, reviewer_id, note)
                select a.project_id, a.task_id, a.item_id, a.account_id, a.id, ?, ? from annotation a
                join project_member m on m.project_id = a.project_id and m.account_id = a.account_id
                where a.item_id = ? and a.project_id = ? and a.account_id = any (?) and a.kind <> 'RETRACTED'
                  and not exists (select 1 from task g where g.id = a.task_id and g.purpose = 'GOLD')
                  and a.id = (select max(n.id) from annotation n where n.item_id = a.item_id and n.account_id = a.account_id)
                on conflict (task_id, account_id) where answered_at is null and closed_at is null
                do update set note = excluded.note, reviewer_id = excluded.reviewer_id, annotation_id = excluded.annotation_id
                returning account_id""", row -> row.getLong(1), reviewerId, note, itemId, projectId, accounts.toArray(Long[]::new));
    }

    /** A verdict on the item ends what was sent back about it. */
    @Transactional
    public void close(long itemId, long verdictId) {
        sql.update("update sent_back set closed_at = now(), verdict_id = ? where item_id = ? and closed_at is null", verdictId, itemId);
    }

    /** The verdict was undone. */
    @Transactional
    public void reopen(long verdictId) {
        sql.update("""
                update sent_back s set closed_at = null, verdict_id = null where verdict_id = ? and not exists (
                  select 1 from sent_back o where o.task_id = s.task_id and o.account_id = s.account_id and o.id <> s.id
                    and o.answered_at is null and o.closed_at is null)""", verdictId);
    }

    /** How many answers wait for this person to be given again. */
    @Transactional
    public long waiting(long projectId, long accountId) {
        return sql.number("""
                select count(*) from sent_back where project_id = ? and account_id = ? and answered_at is null
                  and closed_at is null""", projectId, accountId);
    }

    /** Hands out what was sent back to this person, oldest first; it costs nothing and takes no slot. */
    @Transactional
    List<Long> take(Terms terms, long accountId, UUID deck, int count) {
        List<Long> waiting = sql.list("""
                select t.id from sent_back s join task t on t.id = s.task_id
                where s.project_id = ? and s.account_id = ? and s.answered_at is null and s.closed_at is null
                  and not exists (select 1 from lease l where l.task_id = t.id and l.account_id = s.account_id and l.state = 'HELD')
                order by s.id limit ? for update of t skip locked""", row -> row.getLong(1), terms.projectId(), accountId, count);
        return waiting.stream().filter(task ->
                leases.insert(task, terms.projectId(), accountId, OptionalLong.empty(), deck, terms.leaseMinutes())).toList();
    }

    /** The person has answered again. */
    @Transactional
    void answered(long taskId, long accountId) {
        sql.update("""
                update sent_back set answered_at = now()
                where task_id = ? and account_id = ? and answered_at is null and closed_at is null""", taskId, accountId);
    }
}
