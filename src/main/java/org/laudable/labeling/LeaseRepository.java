package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.laudable.database.Sql;

/** The table {@code lease}. All times are the database's. */
@ApplicationScoped
class LeaseRepository {
    private final Sql sql;

    LeaseRepository(Sql sql) {
        this.sql = sql;
    }

    /** @param reservation what is held for it in the ledger; empty if the work costs nothing */
    record Lease(long id, long taskId, OptionalLong reservation, Instant until, boolean expired) {}

    /** False if the person holds the task already. */
    boolean insert(long taskId, long projectId, long accountId, OptionalLong reservation, UUID deck, int minutes) {
        return sql.update("""
                insert into lease (task_id, project_id, account_id, reservation_id, deck, until)
                values (?, ?, ?, ?, ?, now() + make_interval(mins => ?))
                on conflict (task_id, account_id) where state = 'HELD' do nothing""", taskId, projectId, accountId,
                reservation.isPresent() ? reservation.getAsLong() : null, deck, minutes) == 1;
    }

    Optional<Lease> held(long taskId, long accountId) {
        return sql.first("""
                select id, task_id, reservation_id, until, until < now() as expired from lease
                where task_id = ? and account_id = ? and state = 'HELD'""", LeaseRepository::lease, taskId, accountId);
    }

    /** Whether the task was ever handed to this person. */
    boolean everHeld(long taskId, long accountId) {
        return sql.number("select count(*) from lease where task_id = ? and account_id = ?", taskId, accountId) > 0;
    }

    void answered(long leaseId) {
        sql.update("update lease set state = 'ANSWERED' where id = ?", leaseId);
    }

    /**
     * What this person holds here and no living page of theirs shows: after a reload, a crash, on a second machine. Now
     * this deck holds it.
     */
    List<Long> adopt(long projectId, long accountId, UUID deck, Long[] shown, int count, int minutes) {
        return sql.list("""
                update lease set deck = ?, renewed_at = now(), until = now() + make_interval(mins => ?)
                where id in (select id from lease where project_id = ? and account_id = ? and state = 'HELD'
                  and task_id <> all (?) and (deck = ? or renewed_at < now() - interval '75 seconds')
                  order by id limit ? for update skip locked)
                returning task_id""", row -> row.getLong(1), deck, minutes, projectId, accountId, shown, deck, count);
    }

    /** All tasks a person holds, by project. */
    Map<Long, List<Long>> heldBy(long accountId) {
        return sql.list("select project_id, task_id from lease where account_id = ? and state = 'HELD' order by 1, 2",
                row -> Map.entry(row.getLong(1), row.getLong(2)), accountId).stream()
                .collect(Collectors.groupingBy(Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    int countHeld(long projectId, long accountId) {
        return (int) sql.number("select count(*) from lease where project_id = ? and account_id = ? and state = 'HELD'",
                projectId, accountId);
    }

    /** How many people hold something here, this one included. */
    int peopleAtWork(long projectId, long accountId) {
        return 1 + (int) sql.number("""
                select count(distinct account_id) from lease where project_id = ? and account_id <> ? and state = 'HELD'""",
                projectId, accountId);
    }

    /** A task this person holds, and until when. */
    record Renewed(long taskId, Instant until) {}

    List<Renewed> renew(long accountId, Long[] taskIds) {
        return sql.list("""
                update lease l set until = now() + make_interval(mins => p.lease_minutes), renewed_at = now()
                from project p
                where p.id = l.project_id and l.id in (select id from lease where account_id = ? and task_id = any (?)
                  and state = 'HELD' order by id for update)
                returning l.task_id, l.until""", row -> new Renewed(row.getLong(1), Sql.instant(row, "until")),
                accountId, taskIds);
    }

    /** Ends what the person holds of these (locked) tasks; answers with the reservations that became free. */
    List<Long> giveBack(long accountId, Long[] taskIds) {
        return reservations(sql.list("""
                update lease set state = 'RETURNED' where account_id = ? and task_id = any (?) and state = 'HELD'
                returning reservation_id""", row -> Optional.ofNullable(row.getObject(1, Long.class)), accountId, taskIds));
    }

    /** Ends the leases of these (locked) tasks that have run out; answers with the reservations that became free. */
    List<Long> expire(Long[] taskIds) {
        return reservations(sql.list("""
                update lease set state = 'EXPIRED' where task_id = any (?) and state = 'HELD' and until < now()
                returning reservation_id""", row -> Optional.ofNullable(row.getObject(1, Long.class)), (Object) taskIds));
    }

    private static List<Long> reservations(List<Optional<Long>> found) {
        return found.stream().flatMap(Optional::stream).toList();
    }

    private static Lease lease(ResultSet row) throws SQLException {
        Long reservation = row.getObject("reservation_id", Long.class);
        return new Lease(row.getLong("id"), row.getLong("task_id"),
                reservation == null ? OptionalLong.empty() : OptionalLong.of(reservation), Sql.instant(row, "until"),
                row.getBoolean("expired"));
    }
}
