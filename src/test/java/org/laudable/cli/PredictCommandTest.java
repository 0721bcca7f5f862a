package org.laudable.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.FoodsModel;
import org.laudable.model.file.TextModelFile;
import picocli.CommandLine;

/** Scoring from the shell: no server, no database. */
class PredictCommandTest {
    @TempDir Path folder;
    private final StringWriter err = new StringWriter();
    private final FoodsModel foods = FoodsModel.get();

    @Test
    void a_file_of_texts_gets_the_models_labels_row_by_row() throws Exception {
        Path bundle = foods.write(folder.resolve("model.zip"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < foods.heldOut.size(); i++) {
            lines.append(new ObjectMapper().writeValueAsString(java.util.Map.of("nr", i, "body", foods.heldOut.get(i)))).append('\n');
        }
        Path input = Files.writeString(folder.resolve("foods.jsonl"), lines);
        Path output = folder.resolve("scored.jsonl");

        assertEquals(0, run("--bundle", bundle, "--input", input, "--output", output, "--chances"), err.toString());

        List<String> scored = Files.readAllLines(output);
        assertEquals(foods.heldOut.size(), scored.size());
        try (BundleFile file = BundleFile.open(bundle)) {
            var scorer = TextModelFile.scorer(file);
            FloatMatrix p = scorer.predict(foods.heldOut, foods.heldOutVectors);
            for (int i = 0; i < scored.size(); i++) {
                JsonNode row = new ObjectMapper().readTree(scored.get(i));
                assertEquals(i, row.get("nr").asInt());
                assertTrue(row.get("nr").isNumber(), "fields keep their types");
                String label = scorer.classes().get(p.argMax(i)).name();
                assertEquals(label, row.get("label").asText());
                assertEquals(p.get(i, p.argMax(i)), row.get("confidence").asDouble(), 1e-6);
                assertEquals(p.get(i, p.argMax(i)), row.get("chance " + label).asDouble(), 1e-6);
            }
        }
    }

    @Test
    void tables_keep_their_columns_and_rows_without_a_text_get_no_label() throws Exception {
        Path bundle = foods.write(folder.resolve("model.zip"));
        Path input = Files.writeString(folder.resolve("foods.csv"), "id,text,label\n1,\"Butter, salted\",mine\n2,,mine\n3,=1+1 cheese,mine\n-4,Pork loin,mine\n");
        Path output = folder.resolve("scored.csv");

        assertEquals(0, run("--bundle", bundle, "--input", input, "--output", output), err.toString());

        List<String> rows = Files.readAllLines(output);
        assertEquals("id,text,label,predicted_label,confidence", rows.getFirst());
        assertEquals(5, rows.size());
        assertTrue(rows.get(2).endsWith(",mine,,"), rows.get(2));
        assertTrue(rows.get(3).startsWith("3,'=1+1 cheese,"), "no cell is a formula: " + rows.get(3));
        assertTrue(rows.get(4).startsWith("-4,"), "a number stays a number: " + rows.get(4));
        assertTrue(err.toString().contains("Line 3: there is no text in column 'text'") && err.toString().contains("Rows that got no label: 1"), err.toString());
    }

    @Test
    void a_row_with_more_or_fewer_columns_than_the_table_gets_no_label() throws Exception {
        Path bundle = foods.write(folder.resolve("model.zip"));
        Path input = Files.writeString(folder.resolve("foods.csv"), "id,text,note\n1,Butter,mine\n2,Cheese, cheddar,mine\n3,Pork loin,mine\n4,Bread\n");
        Path output = folder.resolve("scored.csv");

        assertEquals(0, run("--bundle", bundle, "--input", input, "--output", output), err.toString());

        List<String> rows = Files.readAllLines(output);
        assertEquals(5, rows.size());
        assertTrue(!rows.get(1).endsWith(",,") && !rows.get(3).endsWith(",,"), rows.toString());
        assertTrue(rows.get(2).endsWith(",,") && rows.get(4).endsWith(",,"), "half a text is none: " + rows);
        assertTrue(err.toString().contains("Line 3: 4 columns instead of 3") && err.toString().contains("Line 5: 2 columns instead of 3"), err.toString());
    }

    @Test
    void what_cannot_be_scored_ends_with_code_1_and_a_sentence() throws Exception {
        Path bundle = foods.write(folder.resolve("model.zip"));
        Path input = Files.writeString(folder.resolve("foods.csv"), "id,text\n1,Butter\n");
        assertEquals(1, run("--bundle", folder.resolve("none.zip"), "--input", input));
        assertTrue(err.toString().contains("There is no file"), err.toString());
        assertEquals(1, run("--bundle", input, "--input", input));
        assertTrue(err.toString().contains("no model of Laudable"), err.toString());
        assertEquals(1, run("--bundle", bundle, "--input", input, "--text", "words"));
        assertTrue(err.toString().contains("no column 'words'; it has id, text"), err.toString());
        assertEquals(1, run("--bundle", bundle, "--input", bundle));
        assertEquals(1, run("--bundle", bundle, "--input", Files.writeString(folder.resolve("empty.csv"), "")));
        assertTrue(err.toString().contains("The file is empty"), err.toString());
    }

    @Test
    void a_wrong_command_line_ends_with_code_2() throws IOException {
        Path bundle = foods.write(folder.resolve("model.zip"));
        Path input = Files.writeString(folder.resolve("foods.csv"), "id,text\n1,Butter\n");
        assertEquals(2, run("--bundle", bundle));
        assertEquals(2, run("--bundle", bundle, "--input", input, "--format", "xlsx"));
        assertEquals(2, run("--bundle", bundle, "--input", input, "--output", input));
        assertTrue(err.toString().contains("must be another file"), err.toString());
        assertEquals("id,text\n1,Butter\n", Files.readString(input));
    }

    private int run(Object... options) {
        CommandLine command = Main.commandLine();
        String[] args = new String[options.length + 1];
        args[0] = "predict";
        for (int i = 0; i < options.length; i++) {
            args[i + 1] = options[i].toString();
        }
        return command.setOut(new PrintWriter(System.out, true)).setErr(new PrintWriter(err, true)).execute(args);
    }
}
