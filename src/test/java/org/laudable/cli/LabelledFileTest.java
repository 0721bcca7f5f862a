package org.laudable.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.laudable.engine.text.replay.LabelledTexts;

class LabelledFileTest {

    @TempDir Path folder;
    private final List<String> notes = new ArrayList<>();

    @Test
    void quotes_line_breaks_and_a_byte_order_mark_are_understood() throws IOException {
        LabelledTexts texts = read("a.csv", "\uFEFFid,text,label\n1,\"Butter, \"\"salted\"\"\nsoft\",dairy\n2,=SUM(A1),formula\n");
        assertEquals(List.of("Butter, \"salted\"\nsoft", "=SUM(A1)"), texts.texts());
        assertEquals(List.of("dairy", "formula"), texts.classes());
        assertEquals("a", texts.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text\tlabel\nx, y\tb\nz\ta\n", "text;label\nx, y;b\nz;a\n"})
    void tabs_and_semicolons_separate_too(String content) throws IOException {
        LabelledTexts texts = read("a.tsv", content.replace("x, y", "x y"));
        assertEquals(List.of("x y", "z"), texts.texts());
        assertArrayEquals(new int[] {1, 0}, texts.labels());
    }

    @Test
    void json_lines_are_read_and_rows_without_a_label_are_left_out_with_a_note() throws IOException {
        LabelledTexts texts = read("a.jsonl", """
                {"text":"x","label":"b"}

                {"text":"y","label":7}
                {"text":"z"}
                """);
        assertEquals(List.of("x", "y"), texts.texts());
        assertEquals(List.of("7", "b"), texts.classes());
        assertEquals(List.of("1 rows without a text or a label were left out."), notes);
    }

    @Test
    void a_missing_column_is_named_with_those_that_are_there() {
        assertTrue(failure("a.csv", "id,body\n1,x\n").contains("no column 'text'; it has id, body"));
    }

    @Test
    void a_broken_line_is_named_by_its_number() {
        assertTrue(failure("a.jsonl", "{\"text\":\"x\",\"label\":\"b\"}\n{\"text\":\n").startsWith("Line 2 of "));
        assertTrue(failure("a.jsonl", "[1]\n").contains("not a JSON object"));
    }

    @Test
    void one_class_and_no_rows_are_refused() {
        assertTrue(failure("a.csv", "text,label\nx,a\ny,a\n").contains("at least two classes"));
        assertTrue(failure("a.csv", "text,label\n").contains("0 usable rows"));
        assertTrue(failure("a.csv", "").contains("0 usable rows"));
    }

    @Test
    void another_encoding_and_a_missing_file_are_told() throws IOException {
        Path latin = Files.write(folder.resolve("l.csv"), "text,label\npât\u00e9,a\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(assertThrows(CommandFailed.class, () -> LabelledFile.read(latin, "text", "label", Optional.empty(), notes::add))
                .getMessage().contains("not UTF-8"));
        assertTrue(assertThrows(CommandFailed.class, () -> LabelledFile.read(folder.resolve("none.csv"), "text", "label", Optional.empty(), notes::add))
                .getMessage().contains("There is no file"));
    }

    private String failure(String name, String content) {
        return assertThrows(CommandFailed.class, () -> read(name, content)).getMessage().replace(folder + "/", "");
    }

    private LabelledTexts read(String name, String content) throws IOException {
        return LabelledFile.read(Files.writeString(folder.resolve(name), content), "text", "label", Optional.empty(), notes::add);
    }
}
