package org.laudable.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The queries that run for every question, answer and page, or again and again over a large corpus, as their repositories have
 * them, and how the database would go about them. Tables that grow with a project must be reached by an index.
 */
public final class HotQueries {
    private static final List<String> LARGE = List.of("item", "item_row", "task", "annotation", "resolution", "prediction", "embedding");

    private HotQueries() {}

    /** By what they are for. Project, run, account and an item are numbers of rows that are there. */
    static Map<String, String> of(long project, long run, long account, long item) {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("next question", """
                select t.id from task t where t.project_id = P and t.state = 'OPEN' and t.free_slots > 0 and t.reserved_for is null
                  and (t.purpose = 'AUDIT') = false
                  and not exists (select 1 from lease l join task h on h.id = l.task_id where l.project_id = t.project_id
                    and l.account_id = A and l.state = 'HELD' and h.item_id = t.item_id offset 0)
                  and not exists (select 1 from annotation a where a.item_id = t.item_id and a.account_id = A and a.kind <> 'RETRACTED'
                    and not exists (select 1 from annotation later where later.task_id = a.task_id and later.account_id = a.account_id
                      and later.revision > a.revision) offset 0)
                order by (t.purpose = 'AUDIT'), t.priority desc, t.id limit 1 for update of t skip locked""");
        queries.put("answers to a question", """
                select a.account_id, a.kind, a.class_id from annotation a where a.task_id = (select id from task where item_id = I limit 1)
                  and a.kind in ('LABEL', 'NONE', 'FLAG') and not a.surplus and not exists (select 1 from annotation later
                    where later.task_id = a.task_id and later.account_id = a.account_id and later.revision > a.revision) order by a.id""");
        queries.put("a person's progress", """
                select count(*) filter (where a.created_at >= now() - interval '1 day'), count(*) from annotation a
                where a.project_id = P and a.account_id = A and a.kind in ('LABEL', 'NONE', 'FLAG')""");
        queries.put("page of items", """
                select i.id, left(i.body, 400), r.class_id, p.class_id from item i
                left join resolution r on r.item_id = i.id and r.superseded_at is null left join prediction p on p.item_id = i.id
                where i.project_id = P order by i.id limit 100 offset 200""");
        queries.put("items over REST", """
                select i.id, i.body, r.class_id, p.class_id, array(select x.external_id from item_row x where x.item_id = i.id order by x.id limit 100)
                from item i left join resolution r on r.item_id = i.id and r.superseded_at is null left join prediction p on p.item_id = i.id
                where i.project_id = P and i.id > I order by i.id limit 100""");
        queries.put("answers of a round", """
                select count(*) from resolution r join item i on i.id = r.item_id and i.split = 'POOL'
                where r.project_id = P and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER', 'LLM')""");
        queries.put("candidates of a round", """
                select id, body, fingerprint from item where project_id = P and split = 'POOL' and shuffle >= 0 order by shuffle, id limit 1000""");
        queries.put("vectors", """
                select fingerprint, vector from embedding where model = 'bge-small-en-v1.5-q'
                  and fingerprint = any (array(select fingerprint from item where project_id = P and id > I order by id limit 500))""");
        queries.put("texts without a vector", """
                select i.shuffle, i.id, case when not exists (select 1 from embedding e where e.model = 'bge-small-en-v1.5-q'
                  and e.fingerprint = i.fingerprint offset 0) then i.body end
                from item i where i.project_id = P and (i.shuffle, i.id) > (0, 0) and (i.shuffle, i.id) <= (2000000, 0) order by i.shuffle, i.id limit 100""");
        queries.put("texts without a prediction", """
                select i.id, case when i.split = 'POOL' and not exists (select 1 from prediction p where p.item_id = i.id and p.run_id = R and p.model_version = 1 offset 0)
                  then i.body end from item i where i.project_id = P and i.id > I and i.id <= I + 2000 order by i.id limit 500""");
        queries.put("texts to label", """
                select p.item_id, p.class_id, p.confidence from prediction p join item i on i.id = p.item_id and i.split = 'POOL'
                where p.project_id = P and p.run_id = R and p.model_version = 1 and p.confidence >= .5
                  and not exists (select 1 from resolution r where r.item_id = p.item_id and r.superseded_at is null offset 0)
                  and p.item_id > I and p.item_id <= I + 2000 order by p.item_id""");
        queries.replaceAll((name, sql) -> sql.replaceAll("\\bP\\b", Long.toString(project)).replaceAll("\\bR\\b", Long.toString(run))
                .replaceAll("\\bA\\b", Long.toString(account)).replaceAll("\\bI\\b", Long.toString(item)));
        return queries;
    }

    /** Whether a plan reads a table from its beginning to its end that grows with the project. */
    static boolean readsAll(List<String> plan) {
        return plan.stream().anyMatch(line -> LARGE.stream().anyMatch(table -> line.matches(".*Seq Scan on " + table + "( .*|$)")));
    }

    /** @throws SQLException if the schema has moved on from what stands here */
    static List<String> plan(Connection database, String sql) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (Statement statement = database.createStatement(); ResultSet lines = statement.executeQuery("explain (costs off) " + sql)) {
            while (lines.next()) {
                plan.add(lines.getString(1));
            }
        }
        return plan;
    }

    /** Prints a line for each: how long it took (warm), and the ways it reaches its tables. Whether none reads a whole large one. */
    static boolean print(Connection database, Map<String, String> queries) throws SQLException {
        boolean byIndex = true;
        System.out.println("| query | ms | by |\n|---|---|---|");
        for (Map.Entry<String, String> query : queries.entrySet()) {
            double best = Double.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                long started = System.nanoTime();
                try (Statement statement = database.createStatement(); ResultSet rows = statement.executeQuery(query.getValue())) {
                    while (rows.next()) {
                        rows.getObject(1);
                    }
                }
                best = Math.min(best, (System.nanoTime() - started) / 1e6);
            }
            List<String> plan = plan(database, query.getValue());
            byIndex &= !readsAll(plan);
            List<String> ways = plan.stream().filter(line -> line.contains(" Scan ") || line.contains(" Scan on "))
                    .map(line -> line.strip().replaceFirst("^->\\s*", "").replaceAll("Parallel |Backward |using ", "")).distinct().toList();
            System.out.printf("| %s | %.1f | %s |%n", query.getKey(), best, String.join("; ", ways));
        }
        return byIndex;
    }
}
