package org.laudable.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What the database has, against what people were told it has. */
public final class Count {
    private final LoadProject project;
    private final LoadDriver.Wish wish;
    private boolean well = true;

    public Count(LoadProject project, LoadDriver.Wish wish) {
        this.project = project;
        this.wish = wish;
    }

    /** False if anything is lost, twice or wrongly paid. */
    public boolean print(Connection database, List<Annotator.Saved> saved) throws SQLException {
        UUID[] answers = saved.stream().flatMap(one -> one.answers().stream()).toArray(UUID[]::new);
        System.out.println("| counted in the database | | |\n|---|---|---|");
        line("answers the people were told are saved", answers.length, -1);
        line("answers refused", saved.stream().mapToInt(Annotator.Saved::refused).sum(), 0);
        line("of the saved ones, missing (lost)", answers.length - LoadProject.number(database,
                "select count(*) from annotation where client_id = any (?)", database.createArrayOf("uuid", answers)), 0);
        line("answers stored", number(database, "select count(*) from annotation where project_id = ?"), answers.length);
        line("items a person answered twice", number(database, """
                select count(*) from (select 1 from annotation where project_id = ? group by item_id, account_id having count(*) > 1) twice"""), 0);
        line("answers beyond the overlap", number(database, "select count(*) from annotation where project_id = ? and surplus"), 0);
        line("questions closed", number(database, "select count(*) from task where project_id = ? and state = 'DONE'"), -1);
        line("closed ones without exactly " + wish.overlap() + " answers", number(database, """
                select count(*) from task t where t.project_id = ? and t.state = 'DONE'
                  and (select count(*) from annotation a where a.task_id = t.id) <> t.slots"""), 0);
        line("questions whose free places do not add up", number(database, """
                select count(*) from task t where t.project_id = ? and t.free_slots <> t.slots
                  - (select count(*) from annotation a where a.task_id = t.id)"""), 0);
        line("leases still held", number(database, "select count(*) from lease where project_id = ? and state = 'HELD'"), 0);
        line("ledger lines that settle an answer", number(database, "select count(*) from ledger_entry where project_id = ? and kind = 'SETTLE'"), answers.length);
        line("answers without exactly one such line", number(database, """
                select count(*) from annotation a where a.project_id = ? and (select count(*) from ledger_entry e
                  where e.reservation_id = a.reservation_id and e.kind = 'SETTLE') <> 1"""), 0);
        line("reservations left open", number(database, """
                select count(*) from ledger_entry r where r.project_id = ? and r.kind = 'RESERVE' and not exists (
                  select 1 from ledger_entry c where c.reservation_id = r.id and c.kind in ('SETTLE', 'RELEASE'))"""), 0);
        line("spent, in millionths", number(database, "select settled_micros from budget where project_id = ?"), answers.length * LoadProject.RATE_MICROS);
        line("set aside, in millionths", number(database, "select reserved_micros from budget where project_id = ?"), 0);
        return well;
    }

    /** @param expected -1: any */
    private void line(String what, long found, long expected) {
        boolean right = expected < 0 || found == expected;
        well &= right;
        System.out.printf("| %s | %,d | %s |%n", what, found, expected < 0 ? "" : right ? "ok" : "WRONG, not " + expected);
    }

    private long number(Connection database, String sql) throws SQLException {
        return LoadProject.number(database, sql, project.id());
    }
}
