package org.laudable.budget;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.database.Sql;

/**
 * The tables {@code budget} and {@code ledger_entry}. Every write first locks the project's budget row, so writers of
 * one project stand in line and the sums are exact at each commit.
 */
@ApplicationScoped
class Ledger {
    private final Sql sql;

    Ledger(Sql sql) {
        this.sql = sql;
    }

    record Balance(long settled, long reserved) {}

    record Reservation(long id, long projectId, Source source, Long accountId, Long taskId, long amount) {}

    Balance lock(long projectId) {
        Optional<Balance> found = readForUpdate(projectId);
        if (found.isPresent()) {
            return found.get();
        }
        sql.update("insert into budget (project_id) values (?) on conflict do nothing", projectId);
        return readForUpdate(projectId).orElseThrow();
    }

    private Optional<Balance> readForUpdate(long projectId) {
        return sql.first("select settled_micros, reserved_micros from budget where project_id = ? for update",
                row -> new Balance(row.getLong(1), row.getLong(2)), projectId);
    }

    Optional<Balance> read(long projectId) {
        return sql.first("select settled_micros, reserved_micros from budget where project_id = ?",
                row -> new Balance(row.getLong(1), row.getLong(2)), projectId);
    }

    /** The cap as committed now: read after {@link #lock}, since whoever lowers a cap holds that lock too. */
    OptionalLong cap(long projectId) {
        return sql.first("select cap_micros from project where id = ?",
                        row -> Optional.ofNullable(row.getObject(1, Long.class)), projectId)
                .flatMap(cap -> cap).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    String currency(long projectId) {
        return sql.first("select currency from project where id = ?", row -> row.getString(1), projectId).orElseThrow();
    }

    /** Whether no cheaper source of labels is left once this one cannot be paid: people, or a model where people cost nothing. */
    boolean isLastResort(long projectId, Source source) {
        return source == Source.PERSON || sql.number("select count(*) from project where id = ? and rate_kind = 'NONE'", projectId) > 0;
    }

    void change(long projectId, long settledBy, long reservedBy) {
        sql.update("""
                update budget set settled_micros = settled_micros + ?, reserved_micros = reserved_micros + ?
                where project_id = ?""", settledBy, reservedBy, projectId);
    }

    long appendReservation(long projectId, Source source, Long accountId, Long taskId, long amount) {
        return sql.number("""
                insert into ledger_entry (project_id, kind, source, account_id, task_id, amount_micros, rate_kind, rate_micros)
                select ?, 'RESERVE', ?, ?, ?, ?, case when ? = 'PERSON' then p.rate_kind end,
                  case when ? = 'PERSON' then p.rate_micros end
                from project p where p.id = ? returning id""",
                projectId, source, accountId, taskId, amount, source, source, projectId);
    }

    Optional<Reservation> reservation(long id) {
        return sql.first("""
                select id, project_id, source, account_id, task_id, amount_micros from ledger_entry
                where id = ? and kind = 'RESERVE'""", row -> new Reservation(row.getLong("id"), row.getLong("project_id"),
                Source.valueOf(row.getString("source")), row.getObject("account_id", Long.class),
                row.getObject("task_id", Long.class), row.getLong("amount_micros")), id);
    }

    boolean isClosed(long reservationId) {
        return sql.number("select count(*) from ledger_entry where reservation_id = ? and kind in ('SETTLE', 'RELEASE')",
                reservationId) > 0;
    }

    /** What was settled for a reservation and not taken back since; empty if nothing. */
    OptionalLong settled(long reservationId) {
        return sql.first("""
                select s.amount_micros from ledger_entry s where s.reservation_id = ? and s.kind = 'SETTLE'
                  and not exists (select 1 from ledger_entry r where r.reservation_id = s.reservation_id
                    and r.kind = 'REVERSE')""", row -> OptionalLong.of(row.getLong(1)), reservationId)
                .orElse(OptionalLong.empty());
    }

    void append(String kind, Reservation reservation, long amount, String note) {
        sql.update("""
                insert into ledger_entry (project_id, kind, reservation_id, source, account_id, task_id, amount_micros, note)
                values (?, ?, ?, ?, ?, ?, ?, ?)""", reservation.projectId(), kind, reservation.id(), reservation.source(),
                reservation.accountId(), reservation.taskId(), amount, note);
    }
}
