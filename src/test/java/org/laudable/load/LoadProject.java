package org.laudable.load;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.laudable.e2e.RunningLaudable;

/** A project with people and a full queue, written straight into the database. */
public record LoadProject(long id, List<Person> people, List<Long> classes) {
    public static final String PASSWORD = "one sentence for all of them";
    /** Paid for each answer. */
    static final long RATE_MICROS = 10_000;
    private static final int CLASSES = 5;

    public record Person(long id, String username) {}

    static LoadProject make(RunningLaudable laudable, LoadDriver.Wish wish) {
        try (Connection database = laudable.connection()) {
            return make(database, wish);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static LoadProject make(Connection database, LoadDriver.Wish wish) {
        try {
            String team = "load-" + number(database, "select count(*) from account");
            long manager = number(database, "insert into account (username, display_name) values (?, 'Manager') returning id", team + "-manager");
            long project = number(database, """
                    insert into project (kind, name, state, seed, overlap, most_annotators, rate_kind, rate_micros, created_by)
                    values ('TEXT', 'Load', 'ACTIVE', 7, ?, ?, 'PER_LABEL', ?, ?) returning id""", wish.overlap(), wish.overlap(),
                    RATE_MICROS, manager);
            number(database, "insert into budget (project_id) values (?) on conflict (project_id) do update set settled_micros = 0 returning 1", project);
            number(database, "insert into project_member (project_id, account_id, role) values (?, ?, 'MANAGER') returning 1", project, manager);
            List<Long> classes = new ArrayList<>();
            for (int i = 0; i < CLASSES; i++) {
                classes.add(number(database, "insert into label_class (project_id, ordinal, name) values (?, ?, ?) returning id", project, i, "class " + i));
            }
            String hash = BcryptUtil.bcryptHash(PASSWORD, 4);
            List<Person> people = new ArrayList<>();
            for (int i = 0; i < wish.people(); i++) {
                String username = team + "-" + i;
                long id = number(database, "insert into account (username, display_name, password_hash) values (?, ?, ?) returning id",
                        username, "Person " + i, hash);
                number(database, "insert into project_member (project_id, account_id, role) values (?, ?, 'ANNOTATOR') returning 1", project, id);
                people.add(new Person(id, username));
            }
            number(database, """
                    with made as (insert into item (project_id, body, fingerprint, shuffle)
                      select ?, 'What is this text about, number ' || n || '?', substring(sha256(convert_to(n::text, 'UTF8')) for 16), hashint4(n)
                      from generate_series(1, ?) n returning id, shuffle)
                    , asked as (insert into task (project_id, item_id, purpose, priority, reason, suggestion_class_id, suggestion_confidence,
                        suggestion_source, slots, free_slots, base_slots)
                      select ?, id, case when id % 50 = 0 then 'AUDIT' else 'TRAIN' end, shuffle, 'two classes within 3 %', ?, .7, 'model v1', ?, ?, ?
                      from made returning 1)
                    select count(*) from asked""", project, wish.items(), project, classes.getFirst(), wish.overlap(), wish.overlap(), wish.overlap());
            database.createStatement().execute("analyze");
            return new LoadProject(project, people, classes);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static long number(Connection database, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
