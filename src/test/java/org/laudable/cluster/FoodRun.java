package org.laudable.cluster;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.testing.Eventually;

/** A run on real food names whose groups are known, made and answered through REST. */
final class FoodRun {
    private static final Path SAMPLE = Path.of("src", "main", "resources", "samples", "usda-foods.csv");
    private static final int AUDIT = 20;

    private final ClusterDatabase database;
    private final Program program;
    private final long project;
    private final int texts;
    private int answered;

    private FoodRun(ClusterDatabase database, Program program, long project, int texts) {
        this.database = database;
        this.program = program;
        this.project = project;
        this.texts = texts;
    }

    /** Brings the texts in and starts the run; comes back at once. @param batch answers of a round */
    static FoodRun start(ClusterDatabase database, Program program, String name, int rows, int batch) {
        List<NamedCsvRecord> foods = read().subList(0, rows);
        List<Map<String, String>> classes = foods.stream().map(row -> row.getField("label")).distinct().map(group -> Map.of("name", group)).toList();
        long project = program.post("/projects", Map.of("kind", "TEXT", "name", name, "classes", classes)).path("id").asLong();
        String address = program.bringIn(project, foods.stream().map(row -> line(row, name)).collect(Collectors.joining("\n")));
        Eventually.holds("the foods are in", () -> program.get(address).path("state").asText().equals("DONE"));
        database.number("update project set audit_size = " + AUDIT + ", batch_size = " + batch + " where id = " + project + " returning 1");
        program.post("/projects/" + project + "/activate");
        program.post("/projects/" + project + "/run/start");
        return new FoodRun(database, program, project, (int) database.number("select count(*) from item where project_id = " + project));
    }

    /** More texts, after the run has begun or ended; each of them is new. */
    void bringMore(String name, int rows) {
        String address = program.bringIn(project, read().subList(0, rows).stream().map(row -> line(row, name).replaceFirst("\\{\"id\":\"", "$0" + name + " ")).collect(Collectors.joining("\n")));
        Eventually.holds("more foods are in", () -> program.get(address).path("state").asText().equals("DONE"));
    }

    void stop() {
        program.post("/projects/" + project + "/run/stop");
    }

    /** By the newest model, however sure it is, as a manager orders it on the run's page. @return the pass */
    long labelTheRest() {
        return database.number("""
                insert into sweep (project_id, run_id, kind, state, model_version, thresholds)
                select project_id, id, 'REST', 'PREPARING', round_number - 1, (select jsonb_object_agg(id::text, 0.0001) from label_class where project_id = %1$d)
                from run where project_id = %1$d returning id""".formatted(project));
    }

    long project() {
        return project;
    }

    int texts() {
        return texts;
    }

    int answered() {
        return answered;
    }

    String state() {
        return database.text("select state from run where project_id = " + project + " order by id desc limit 1");
    }

    long rounds() {
        return database.number("select count(*) from round r join run on run.id = r.run_id where run.project_id = " + project + " and r.state = 'DONE' and r.number > 0");
    }

    /** Answers open questions rightly, all of the audit sample first, until the round has enough and its training begins. */
    void answerUntilTraining() {
        Eventually.holds("the round trains", () -> {
            for (long[] one : questions()) {
                if (trains()) {
                    return true;
                }
                program.post("/projects/" + project + "/annotations", Map.of("itemId", one[0], "kind", "LABEL", "classId", one[1]));
                answered++;
            }
            return trains();
        });
    }

    /** Whether a round is trained that somebody answered for: the first model is made without answers. */
    private boolean trains() {
        return database.number("select count(*) from run where project_id = " + project + " and state = 'TRAINING' and round_number > 0") > 0;
    }

    /** Process that works on one of the project's jobs now; null: none. */
    String worker() {
        return database.text("select owner from job where project_id = " + project + " and state = 'RUNNING' and kind <> 'dataset.import' order by id desc limit 1");
    }

    /** Answers that were taken and are not there, or train nothing. */
    long lost() {
        return answered - database.number("select count(*) from annotation where kind = 'LABEL' and project_id = " + project)
                + answered - database.number("select count(*) from resolution r where origin = 'PERSON' and superseded_at is null and project_id = " + project);
    }

    /** Items with two labels, answers paid twice, rounds there twice. */
    long doubled() {
        return database.number("select count(*) from (select 1 from resolution where superseded_at is null and project_id = " + project + " group by item_id having count(*) > 1) twice")
                + database.number("select count(*) from (select 1 from ledger_entry where kind = 'SETTLE' and project_id = " + project + " group by reservation_id having count(*) > 1) twice");
    }

    private List<long[]> questions() {
        try (Connection connection = database.connection(); ResultSet rows = connection.createStatement().executeQuery("""
                select t.item_id, i.known_class_id from task t join item i on i.id = t.item_id
                where t.state = 'OPEN' and t.project_id = %d order by (t.purpose = 'AUDIT') desc, t.priority desc limit 30""".formatted(project))) {
            List<long[]> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new long[] {rows.getLong(1), rows.getLong(2)});
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A text of its own for each run: vectors are kept by text, and would be there already. */
    private static String line(NamedCsvRecord row, String run) {
        return "{\"id\":\"%s\",\"text\":\"%s\",\"label\":\"%s\"}".formatted(row.getField("id"), escaped(row.getField("text") + ", " + run), escaped(row.getField("label")));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static List<NamedCsvRecord> read() {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(SAMPLE, StandardCharsets.UTF_8)) {
            return csv.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
