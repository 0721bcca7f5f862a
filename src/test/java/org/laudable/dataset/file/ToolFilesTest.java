package org.laudable.dataset.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What files of other tools bring: texts, ids, labels, suggestions, and a count of what has no place here. */
class ToolFilesTest {

    @Test
    void label_studio_tasks_bring_choices_as_labels_and_predictions_as_suggestions() throws Exception {
        Read read = read("label-studio.json");
        assertEquals(FileFormat.Kind.JSON, read.format.kind());
        assertEquals(Shape.LABEL_STUDIO, read.format.shape());
        assertEquals(List.of("101", "102", "103", "105"), read.good().map(CheckedRow::externalId).toList());
        assertEquals("Negative", read.rows.get(0).label());
        assertNull(read.rows.get(1).label(), "two people who disagree make no label");
        assertTrue(read.rows.get(1).metadata().contains("\"labels\":[\"Positive\",\"Negative\"]"), read.rows.get(1).metadata());
        assertEquals(new CheckedRow.Suggested("Negative", .91f, "bert-2"), read.rows.get(0).suggested());
        assertEquals(new CheckedRow.Suggested("Positive", .4f, "bert-2"), read.rows.get(2).suggested());
        assertEquals("the task has no object 'data'", read.rows.get(3).refusal());
        assertTrue(read.rows.get(0).metadata().contains("\"label.topic\":\"Delivery\""), read.rows.get(0).metadata());
        assertTrue(read.rows.get(0).metadata().contains("\"data.id\":\"order-1\"") && read.rows.get(0).metadata().contains("\"shop\":\"north\""));
        assertTrue(read.rows.get(0).metadata().contains("\"annotated_by\":[\"10\",\"ben@example.org\"]"), read.rows.get(0).metadata());
        assertEquals(List.of(LeftOut.SKIPPED, LeftOut.MORE_PREDICTIONS), read.rows.get(0).leftOut());
        assertEquals(List.of(LeftOut.OTHER_REGIONS, LeftOut.DISAGREEMENT), read.rows.get(1).leftOut());
        assertEquals(List.of(LeftOut.NO_CHOICE), read.rows.get(4).leftOut());
    }

    @Test
    void doccano_lists_of_one_class_are_labels() throws Exception {
        Read read = read("doccano.jsonl");
        assertEquals(Shape.DOCCANO, read.format.shape());
        assertEquals("Negative", read.rows.get(0).label());
        assertNull(read.rows.get(1).label());
        assertEquals(List.of(LeftOut.SEVERAL_LABELS), read.rows.get(1).leftOut());
        assertTrue(read.rows.get(1).metadata().contains("[\"Positive\",\"Fast\"]") && read.rows.get(1).metadata().contains("which one?"));
        assertEquals(List.of(), read.rows.get(2).leftOut());
        assertEquals(List.of(LeftOut.OTHER_REGIONS), read.rows.get(3).leftOut());
    }

    @Test
    void prodigy_answers_say_what_became_of_a_label() throws Exception {
        Read read = read("prodigy.jsonl");
        assertEquals(Shape.PRODIGY, read.format.shape());
        assertEquals(List.of("Negative", "Positive", "-", "-", "-", "Positive"),
                read.rows.stream().map(row -> row.label() == null ? "-" : row.label()).toList());
        assertEquals(List.of(LeftOut.TOKENS), read.rows.get(1).leftOut());
        assertEquals(List.of(LeftOut.REJECTED), read.rows.get(2).leftOut());
        assertTrue(read.rows.get(2).metadata().contains("\"rejected\":\"Positive\""));
        assertEquals(List.of(LeftOut.SKIPPED), read.rows.get(3).leftOut());
        assertEquals(new CheckedRow.Suggested("Positive", .88f, null), read.rows.get(4).suggested());
        assertTrue(read.rows.get(0).metadata().contains("news-ann"));
    }

    @Test
    void spacy_ones_are_labels_and_fractions_are_suggestions() throws Exception {
        Read read = read("spacy.jsonl");
        assertEquals(Shape.SPACY, read.format.shape());
        assertEquals("Negative", read.rows.get(0).label());
        assertNull(read.rows.get(1).label());
        assertEquals(new CheckedRow.Suggested("Positive", .93f, null), read.rows.get(1).suggested());
        assertEquals(List.of(LeftOut.NO_CHOICE), read.rows.get(2).leftOut());
        assertEquals(List.of(LeftOut.SEVERAL_LABELS), read.rows.get(3).leftOut());
    }

    @Test
    void argilla_records_bring_responses_and_suggestions_of_both_generations() throws Exception {
        Read read = read("argilla.json");
        assertEquals(Shape.ARGILLA, read.format.shape());
        assertEquals(List.of("r1", "r2", "r3"), read.good().map(CheckedRow::externalId).toList());
        assertEquals("Negative", read.rows.get(0).label());
        assertEquals(new CheckedRow.Suggested("Negative", .8f, "gpt"), read.rows.get(0).suggested());
        assertTrue(read.rows.get(0).metadata().contains("\"annotated_by\":[\"ann\",\"ben\"]"));
        assertEquals(new CheckedRow.Suggested("Positive", null, "gpt"), read.rows.get(1).suggested());
        assertEquals(List.of(LeftOut.ODD_SCORE), read.rows.get(1).leftOut());
        assertEquals("Positive", read.rows.get(2).label());
        assertEquals(List.of(LeftOut.SKIPPED), read.rows.get(2).leftOut());
    }

    @Test
    void datasets_of_argilla_say_the_same_in_columns() throws Exception {
        Read read = readText("a.jsonl", """
                {"id": "1", "status": "completed", "text": "Late.", "sentiment.responses": ["bad", "bad", "good"], "sentiment.responses.users": ["u1", "u2", "u3"], "sentiment.responses.status": ["submitted", "submitted", "discarded"], "sentiment.suggestion": "bad", "sentiment.suggestion.score": 0.7, "sentiment.suggestion.agent": "m"}
                {"external_id": "2", "text": "Early.", "metadata": "{\\"shop\\": \\"north\\"}", "sentiment": [{"user_id": "u1", "value": "good", "status": "submitted"}], "sentiment-suggestion": null, "sentiment-suggestion-metadata": {"type": null, "score": null, "agent": null}}
                """);
        assertEquals(Shape.ARGILLA, read.format.shape());
        assertEquals("bad", read.rows.get(0).label());
        assertEquals(new CheckedRow.Suggested("bad", .7f, "m"), read.rows.get(0).suggested());
        assertEquals("2", read.rows.get(1).externalId());
        assertEquals("good", read.rows.get(1).label());
        assertTrue(read.rows.get(1).metadata().contains("north"));
    }

    @Test
    void fields_and_metadata_of_argilla_take_no_name_that_means_something_here() throws Exception {
        Read read = readText("a.json", """
                [{"metadata": {"text": "B", "label": "wrong", "id": "m9", "suggestion": "wrong", "Label": "wrong", "shop": "north", "status": "sold"},
                  "id": "r1", "status": "completed", "fields": {"text": "A", "label": "printed", "shop": "field"},
                  "responses": {"q": [{"value": "good", "user_id": "u"}]}, "suggestions": {"q": {"value": "bad", "score": 0.5}}},
                 {"id": "r2", "fields": {"text": "C"}, "metadata": {"label": "wrong", "suggestion": "wrong"}, "responses": {}, "suggestions": {}}]""");
        assertEquals(Shape.ARGILLA, read.format.shape());
        CheckedRow first = read.rows.getFirst();
        assertEquals(List.of("A", "r1", "good"), List.of(first.text(), first.externalId(), first.label()));
        assertEquals(new CheckedRow.Suggested("bad", .5f, null), first.suggested());
        for (String kept : List.of("\"metadata.text\":\"B\"", "\"metadata.id\":\"m9\"", "\"metadata.label\":\"wrong\"", "\"metadata.Label\":\"wrong\"",
                "\"metadata.suggestion\":\"wrong\"", "\"fields.label\":\"printed\"", "\"shop\":\"field\"", "\"metadata.shop\":\"north\"",
                "\"status\":\"completed\"", "\"metadata.status\":\"sold\"")) {
            assertTrue(first.metadata().contains(kept), kept + " in " + first.metadata());
        }
        assertNull(read.rows.get(1).label());
        assertNull(read.rows.get(1).suggested());
    }

    @Test
    void a_choice_about_a_marked_part_of_a_text_says_nothing_of_the_whole() throws Exception {
        Read read = readText("tasks.json", """
                [{"id": 1, "data": {"text": "Late, but friendly."}, "annotations": [{"result": [
                    {"from_name": "part", "value": {"start": 0, "end": 4, "choices": ["Negative"]}},
                    {"from_name": "whole", "value": {"choices": ["Positive"]}}]}],
                  "predictions": [{"result": [{"from_name": "part", "value": {"start": 0, "end": 4, "choices": ["Negative"]}}]}]},
                 {"id": 2, "data": {"text": "Two regions of one person."}, "annotations": [
                    {"result": [{"from_name": "whole", "value": {"choices": ["Negative"]}}, {"from_name": "whole", "value": {"choices": ["Negative"]}}]},
                    {"result": [{"from_name": "whole", "value": {"choices": ["Positive"]}}]}, {"result": [{"from_name": "whole", "value": {"choices": ["Positive"]}}]}]}]""");
        assertEquals("Positive", read.rows.get(0).label());
        assertNull(read.rows.get(0).suggested());
        assertEquals(List.of(LeftOut.OTHER_REGIONS, LeftOut.OTHER_REGIONS), read.rows.get(0).leftOut());
        assertEquals("Positive", read.rows.get(1).label(), "one person has one vote, however often they said it");
        assertEquals(List.of(LeftOut.OUTVOTED), read.rows.get(1).leftOut());
    }

    @Test
    void labels_of_doccano_that_are_numbers_are_classes_and_objects_are_counted() throws Exception {
        Read read = readText("d.jsonl", """
                {"text": "one", "label": ["A"]}
                {"text": "two", "label": ["B"]}
                {"text": "of the same", "label": ["B"]}
                {"text": "once more", "label": ["B"]}
                {"text": "three", "label": [null]}
                {"text": "four", "label": [2]}
                {"text": "five", "label": 3}
                {"text": "six", "label": {"start": 1}}
                {"text": "seven", "label": null}
                """);
        assertEquals(Shape.DOCCANO, read.format.shape());
        assertEquals(List.of("A", "B", "B", "B", "-", "2", "3", "-", "-"), read.rows.stream().map(row -> row.label() == null ? "-" : row.label()).toList());
        assertEquals(List.of(LeftOut.OTHER_REGIONS), read.rows.get(7).leftOut());
        assertEquals(List.of(), read.rows.get(8).leftOut());
    }

    @Test
    void a_json_list_is_read_item_by_item_and_a_bad_item_is_refused_alone() throws Exception {
        Read read = readText("texts", "[{\"text\": \"one ] , [ }\", \"a\": {\"b\": [1, 2]}},\n {\"text\": }, 7, {\"text\": \"t\\\"wo\"}, "
                + "{\"text\": \"" + "[".repeat(200) + "\", \"deep\": " + "[".repeat(200) + "]".repeat(200) + "}, {\"text\": \"three\"}]");
        assertEquals(FileFormat.Kind.JSON, read.format.kind());
        assertEquals(List.of("one ] , [ }", "t\"wo", "three"), read.good().map(CheckedRow::text).toList());
        assertEquals(List.of(2L, 3L, 5L), read.rows.stream().filter(row -> row.refusal() != null).map(CheckedRow::number).toList());
    }

    @Test
    void a_list_that_breaks_off_or_goes_on_after_its_end_is_refused_whole() {
        assertTrue(assertThrows(UnreadableFile.class, () -> readText("x.json", "[{\"text\": \"one\"}, {\"text\": \"tw")).getMessage().contains("item 2"));
        assertTrue(assertThrows(UnreadableFile.class, () -> readText("x.json", "[{\"text\": \"one\"}] [")).getMessage().contains("goes on"));
    }

    @Test
    void an_item_too_long_is_refused_alone_and_costs_no_memory_beyond_its_limit() throws Exception {
        Read read = readText("x.json", "[{\"text\": \"" + "x".repeat(9_000_000) + "\"}, {\"text\": \"short\"}]");
        assertTrue(read.rows.get(0).refusal().contains("4,000,000"));
        assertEquals("short", read.rows.get(1).text());
    }

    /** A file as the import sees it. */
    private record Read(FileFormat format, List<CheckedRow> rows) {
        java.util.stream.Stream<CheckedRow> good() {
            return rows.stream().filter(row -> row.refusal() == null);
        }
    }

    private static Read read(String sample) throws IOException, UnreadableFile {
        try (InputStream in = ToolFilesTest.class.getResourceAsStream("/formats/" + sample)) {
            return readText(sample, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Read readText(String name, String content) throws IOException, UnreadableFile {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        FileFormat format = FileSniffer.sniff(new ByteArrayInputStream(bytes), name);
        List<FileRow> rows = new ArrayList<>();
        List<FileColumn> columns;
        try (RowReader reader = RowReader.open(new ByteArrayInputStream(bytes), format, List.of())) {
            for (Optional<FileRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                rows.add(row.get());
            }
            columns = ColumnGuess.guess(reader.columns(), rows.stream().map(FileRow::fields).toList());
        }
        RowCheck check = new RowCheck(columns);
        return new Read(format, rows.stream().map(check::check).toList());
    }
}
