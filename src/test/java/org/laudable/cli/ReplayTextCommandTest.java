package org.laudable.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayTextCommandTest {

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_replay_prints_a_table_writes_json_and_repeats_itself() throws IOException {
        JsonNode first = replay("one.json");
        assertTrue(out.toString().contains("zero-shot, no labels"), out.toString());
        assertTrue(out.toString().contains("influence"), out.toString());
        assertEquals("goods", first.get("data").asText());
        assertEquals(3, first.get("classes").asInt());
        assertEquals(90, first.get("pool").asInt() + first.get("test").asInt(), 2);
        assertTrue(first.at("/zeroShot/accuracy").asDouble() > .5);
        assertTrue(first.at("/supervisedAll/macroF1").asDouble() > .9);
        assertEquals(List.of("influence prior", "random prior", "influence confirm", "random confirm", "few-shot random"), curves(first));
        JsonNode curve = first.get("curves").get(0);
        assertEquals("[0,6,12]", curve.get("labels").toString());
        assertEquals(3, curve.get("accuracySd").size());
        assertTrue(curve.get("secondsPerRound").asDouble() > 0);
        assertEquals(withoutSeconds(first), withoutSeconds(replay("two.json")));
    }

    @Test
    void wrong_options_end_with_code_2_and_say_what_is_right() throws IOException {
        String[] good = {"--data", goods().toString(), "--text", "text", "--label", "label"};
        assertEquals(2, execute(good, "--strategies", "best"));
        assertTrue(err.toString().contains("there are influence, random"), err.toString());
        assertEquals(2, execute(good, "--start", "warm"));
        assertEquals(2, execute(good, "--seeds", "0"));
        assertEquals(2, execute(good, "--test-fraction", "1"));
        assertEquals(2, execute(good, "--score-on", "all"));
        assertEquals(2, execute(good, "--forecast-at", "800", "--forecast-for", "200"));
        assertEquals(2, execute(new String[] {"--text", "text", "--label", "label"}));
    }

    @Test
    void a_file_that_cannot_be_used_ends_with_code_1_and_one_sentence() throws IOException {
        assertEquals(1, execute(new String[] {"--data", folder.resolve("none.csv").toString(), "--text", "text", "--label", "label"}));
        assertTrue(err.toString().contains("There is no file"), err.toString());
        assertEquals(1, execute(new String[] {"--data", goods().toString(), "--text", "text", "--label", "kind"}));
        assertTrue(err.toString().contains("it has text, label"), err.toString());
    }

    private JsonNode replay(String json) throws IOException {
        Path file = folder.resolve(json);
        assertEquals(0, execute(new String[] {"--data", goods().toString(), "--text", "text", "--label", "label",
            "--strategies", "influence,random", "--start", "prior,confirm", "--checkpoints", "0,6,12", "--seeds", "2",
            "--batch", "3", "--cache", folder.resolve("vectors").toString(), "--json", file.toString()}), err.toString());
        return new ObjectMapper().readTree(file.toFile());
    }

    private int execute(String[] options, String... more) {
        List<String> args = new ArrayList<>(List.of("replay", "text"));
        args.addAll(Arrays.asList(options));
        args.addAll(Arrays.asList(more));
        CommandLine command = Main.commandLine();
        return command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(args.toArray(String[]::new));
    }

    private Path goods() throws IOException {
        String[][] words = {{"apple", "pear", "plum", "banana", "cherry"}, {"hammer", "saw", "drill", "wrench", "pliers"},
            {"cod", "salmon", "tuna", "herring", "trout"}};
        String[] looks = {"old", "new", "small", "large", "cheap", "good"};
        StringBuilder csv = new StringBuilder("text,label\n");
        for (int i = 0; i < 90; i++) {
            csv.append("%s %s,%s%n".formatted(looks[i / 15], words[i % 3][i / 3 % 5], List.of("Fruit", "Tools", "Fish").get(i % 3)));
        }
        return Files.writeString(folder.resolve("goods.csv"), csv);
    }

    private static List<String> curves(JsonNode report) {
        List<String> names = new ArrayList<>();
        report.get("curves").forEach(c -> names.add(c.get("strategy").asText() + ' ' + c.get("start").asText()));
        return names;
    }

    private static String withoutSeconds(JsonNode report) {
        JsonNode copy = report.deepCopy();
        copy.get("curves").forEach(c -> ((ObjectNode) c).remove("secondsPerRound"));
        return copy.toString();
    }
}
