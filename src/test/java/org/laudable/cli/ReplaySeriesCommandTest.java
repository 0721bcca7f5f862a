package org.laudable.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The replay of series on made-up files, from the command line to table, JSON and points. */
class ReplaySeriesCommandTest {

    private static final int POINTS = 400;

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_replay_prints_a_table_writes_json_and_points_and_goes_on_from_its_json() throws IOException {
        series("calm", false);
        series("pump", true);
        Path json = folder.resolve("out.json");
        String[] options = {"--protocol", "future", "--queries", "5", "--seeds", "1", "--brief", "--json", json.toString(),
            "--scores", folder.resolve("points").toString()};
        assertEquals(0, execute(options), err.toString());
        assertTrue(out.toString().contains("2 series, 1 of them without an anomaly"), out.toString());
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertEquals("future", report.path("protocol").asText());
        JsonNode pump = report.path("series").get(1);
        assertEquals("pump", pump.path("name").asText());
        assertEquals(POINTS, pump.path("points").asInt());
        assertEquals(POINTS / 2, pump.path("scored").asInt());
        assertEquals(5, pump.path("answers").asInt());
        assertTrue(pump.at("/results/laudable/ap").asDouble() > .8, pump.toString());
        assertTrue(pump.at("/results/random/ap").asDouble() < .4, pump.toString());
        assertTrue(report.path("series").get(0).at("/results/laudable/ap").isNull(), "nothing to find, nothing to rank");
        assertTrue(pump.path("results").has("teacher") && !pump.path("results").has("paper"), "brief");
        List<String> points = Files.readAllLines(folder.resolve("points").resolve("pump-seed1-part1.csv"));
        assertEquals(POINTS + 1, points.size());
        assertEquals("index,score,decision,split", points.getFirst());
        assertTrue(points.get(1).endsWith(",ask") && points.getLast().endsWith(",score"));
        out.getBuffer().setLength(0);
        assertEquals(0, execute(options), err.toString());
        assertFalse(out.toString().contains("pump, seed 1:"), "played before, not again: " + out);
        assertTrue(out.toString().contains("laudable"));
    }

    @Test
    void wrong_options_end_with_code_2_and_say_what_is_right() throws IOException {
        series("pump", true);
        assertEquals(2, execute("--protocol", "past"));
        assertTrue(err.toString().contains("blocks, future, user"), err.toString());
        assertEquals(2, execute("--acquisition", "all"));
        assertEquals(2, execute("--queries", "0"));
        assertEquals(2, execute("--brief", "--preset", "paper"));
    }

    @Test
    void files_that_cannot_be_used_end_with_code_1_and_one_sentence() throws IOException {
        series("pump", true);
        assertEquals(1, execute("--series", "valve"));
        assertTrue(err.toString().contains("fits 'valve'"), err.toString());
        Files.writeString(folder.resolve("data").resolve("bad.csv"), "time,value\n1,2\n2,3\n");
        assertEquals(1, execute("--queries", "5"));
        assertTrue(err.toString().contains("bad.csv has no column"), err.toString());
    }

    /** A daily rhythm; with anomalies, it stands still at another level eight times. */
    private void series(String name, boolean anomalies) throws IOException {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        StringBuilder csv = new StringBuilder("time,value,is_anomaly\n");
        for (int t = 0; t < POINTS; t++) {
            boolean anomalous = anomalies && t % 50 >= 30 && t % 50 < 36;
            double value = anomalous ? 4 + .3 * random.nextDouble() : Math.sin(t / 4.0) + .3 * random.nextDouble();
            csv.append(1_700_000_000L + 3600L * t).append(',').append(value).append(',').append(anomalous ? 1 : 0).append('\n');
        }
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data").resolve(name + ".csv"), csv);
    }

    private int execute(String... options) {
        List<String> args = new ArrayList<>(List.of("replay", "series", "--data", folder.resolve("data").toString(), "--format", "csv"));
        args.addAll(List.of(options));
        CommandLine command = Main.commandLine();
        return command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(args.toArray(String[]::new));
    }
}
