package org.laudable.load;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Locale;
import org.laudable.e2e.RunningLaudable;

/**
 * How the database goes about the queries of every day with a million texts: a tenth of them embedded, a tenth asked, half of these
 * answered by fifty people, a quarter labeled. The rows are made by the database itself. Ends with 1 if a query reads a whole large table. Option: {@code --items N}.
 */
public final class PlanDriver {
    private static final int PEOPLE = 50;

    private PlanDriver() {}

    public static void main(String[] args) throws Exception {
        int items = args.length == 2 && args[0].equals("--items") ? Integer.parseInt(args[1]) : 1_000_000;
        boolean byIndex;
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Connection database = laudable.connection()) {
            long person = LoadProject.number(database, "insert into account (username, display_name) values ('plans', 'Plans') returning id");
            for (int i = 1; i < PEOPLE; i++) {
                LoadProject.number(database, "insert into account (username, display_name) values (?, 'Plans') returning id", "plans-" + i);
            }
            long project = LoadProject.number(database, "insert into project (kind, name, state, seed, created_by) values ('TEXT', 'Plans', 'ACTIVE', 7, ?) returning id", person);
            long label = LoadProject.number(database, "insert into label_class (project_id, ordinal, name) values (?, 0, 'a') returning id", project);
            long run = LoadProject.number(database, "insert into run (project_id, state, settings) values (?, 'STOPPED', '{}') returning id", project);
            try (Statement statement = database.createStatement()) {
                for (String sql : """
                        insert into item (project_id, body, fingerprint, shuffle) select P, 'What is this text about, number ' || n || '?',
                          substring(sha256(convert_to(n::text, 'UTF8')) for 16), hashint4(n) from generate_series(1, N) n;
                        insert into item_row (item_id, project_id, external_id) select id, P, 'x' || id from item where project_id = P;
                        insert into embedding (model, fingerprint, vector) select 'bge-small-en-v1.5-q', fingerprint, decode(repeat('00', 1536), 'hex')
                          from item where project_id = P and id % 10 = 0;
                        insert into prediction (item_id, project_id, run_id, model_version, class_id, confidence, margin)
                          select id, P, R, 1, C, .5, .1 from item where project_id = P;
                        insert into task (project_id, item_id, purpose, priority, reason, slots, free_slots, base_slots, state)
                          select P, id, 'TRAIN', shuffle, '', 1, case when id % 20 = 0 then 0 else 1 end, 1, case when id % 20 = 0 then 'DONE' else 'OPEN' end
                          from item where project_id = P and id % 10 = 0;
                        insert into annotation (client_id, project_id, task_id, item_id, account_id, kind, class_id, revision, active_millis, answered_at)
                          select gen_random_uuid(), P, id, item_id, A + id % 50, 'LABEL', C, 1, 900, now() from task where project_id = P and state = 'DONE';
                        insert into resolution (project_id, item_id, outcome, class_id, origin) select P, id, 'LABEL', C, case when id % 100 = 0 then 'PERSON' else 'MODEL' end
                          from item where project_id = P and id % 4 = 0;
                        analyze""".replaceAll("\\bP\\b", Long.toString(project)).replaceAll("\\bR\\b", Long.toString(run)).replaceAll("\\bC\\b", Long.toString(label))
                        .replaceAll("\\bA\\b", Long.toString(person)).replaceAll("\\bN\\b", Integer.toString(items)).split(";")) {
                    statement.execute(sql);
                }
            }
            long item = LoadProject.number(database, "select min(id) + 1000 from item where project_id = ?", project);
            System.out.printf(Locale.ROOT, "%,d texts%n", items);
            byIndex = HotQueries.print(database, HotQueries.of(project, run, person, item));
        }
        System.exit(byIndex ? 0 : 1);
    }
}
