package org.laudable.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.laudable.dataset.file.CheckedRow;
import org.laudable.dataset.file.ColumnGuess;
import org.laudable.dataset.file.FileFormat;
import org.laudable.dataset.file.FileRow;
import org.laudable.dataset.file.FileSniffer;
import org.laudable.dataset.file.RowCheck;
import org.laudable.dataset.file.RowReader;
import org.laudable.engine.parquet.ParquetRow;
import org.laudable.engine.parquet.ParquetSource;

/** What other tools get: their own shape, with as much of a label's origin as it has room for; and it comes back. */
class ToolExportsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<String> CLASSES = List.of("bad", "good");
    private static final List<ExportedRow> ROWS = List.of(
            new ExportedRow("1", "Late \"again\"\n🍏", "bad", "label", Origin.PERSON, 1f, List.of("ann", "ben"), AT, 4.5, null, null, "{\"shop\":\"north\"}",
                    List.of(new ExportedRow.Guess("good", .6f, "laudable model v2"))),
            new ExportedRow("2", "Early.", "good", "label", Origin.MODEL, .9f, List.of(), AT, null, 2, null, null,
                    List.of(new ExportedRow.Guess("good", .9f, "laudable model v2"), new ExportedRow.Guess("bad", .5f, "theirs"))),
            new ExportedRow("3", "A parcel.", null, "none of these", Origin.REVIEWER, 1f, List.of("rico"), AT, 2.0, null, null, null, List.of()),
            new ExportedRow("4", "Unread.", null, null, null, null, List.of(), null, null, null, null, null, List.of()));

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void texts_ids_and_peoples_labels_come_back_from_every_format(ExportFormat format) throws Exception {
        List<CheckedRow> read = read(format);
        assertEquals(List.of("1", "2", "3", "4"), read.stream().map(CheckedRow::externalId).toList());
        assertEquals(ROWS.stream().map(ExportedRow::text).toList(), read.stream().map(CheckedRow::text).toList());
        assertEquals("bad", read.getFirst().label());
        assertTrue(read.stream().skip(2).allMatch(row -> row.label() == null), "neither 'none of these' nor nothing is a class");
    }

    @Test
    void label_studio_tells_annotations_from_predictions() throws Exception {
        JsonNode tasks = new ObjectMapper().readTree(written(ExportFormat.LABEL_STUDIO));
        JsonNode person = tasks.get(0);
        assertEquals("bad", person.at("/annotations/0/result/0/value/choices/0").asText());
        assertEquals(4.5, person.at("/annotations/0/lead_time").asDouble());
        assertEquals("laudable model v2", person.at("/predictions/0/model_version").asText());
        assertEquals("ben", person.at("/data/laudable/annotators/1").asText());
        JsonNode model = tasks.get(1);
        assertTrue(model.get("annotations").isEmpty(), "a model's label is no annotation");
        assertEquals(List.of("laudable model v2", "theirs"), model.get("predictions").findValuesAsText("model_version"), "its label once, and the file's");
        assertEquals(.9, model.at("/predictions/0/score").asDouble(), 1e-6);
        assertTrue(tasks.at("/2/annotations/0/result").isEmpty() && tasks.at("/2/annotations/0").has("was_cancelled"), "'none of these' is an answer without a choice");
        assertTrue(tasks.at("/3/annotations").isEmpty() && tasks.at("/3/predictions").isEmpty());
    }

    @Test
    void prodigy_tells_answers_from_proposals() throws Exception {
        List<JsonNode> lines = lines(ExportFormat.PRODIGY);
        assertEquals("accept", lines.get(0).get("answer").asText());
        assertEquals("ann ben", lines.get(0).get("_annotator_id").asText());
        assertFalse(lines.get(1).has("answer"));
        assertEquals("good", lines.get(1).at("/accept/0").asText());
        assertEquals("reject", lines.get(2).get("answer").asText());
        assertFalse(lines.get(3).has("answer"));
        assertEquals(CLASSES, lines.get(3).get("options").findValuesAsText("id"));
    }

    @Test
    void spacy_has_a_number_for_every_class_and_none_where_nobody_knows() throws Exception {
        List<JsonNode> lines = lines(ExportFormat.SPACY);
        assertEquals("{\"bad\":1.0,\"good\":0.0}", lines.get(0).get("cats").toString());
        assertEquals("{\"bad\":0.0,\"good\":0.0}", lines.get(2).get("cats").toString());
        assertFalse(lines.get(3).has("cats"));
        assertEquals("model", lines.get(1).at("/meta/origin").asText());
    }

    @Test
    void datasets_have_numbers_for_classes_and_their_names_beside() throws Exception {
        Path file = Files.write(folder.resolve("x.parquet"), bytes(ExportFormat.HUGGING_FACE));
        try (ParquetSource source = ParquetSource.open(file)) {
            JsonNode features = new ObjectMapper().readTree(source.notes().get("huggingface")).at("/info/features");
            assertEquals("{\"names\":[\"bad\",\"good\"],\"_type\":\"ClassLabel\"}", features.get("label").toString());
            int label = source.columns().indexOf("label");
            assertEquals(Arrays.asList(0L, 1L, null, null), List.of(source.next(), source.next(), source.next(), source.next()).stream()
                    .map(row -> row.values().get(label)).toList());
        }
        assertEquals(List.of("bad", "good"), read(ExportFormat.HUGGING_FACE).stream().limit(2).map(CheckedRow::label).toList());
    }

    @Test
    void argilla_gets_a_response_for_each_person_and_a_models_label_as_suggestion() throws Exception {
        Path file = Files.write(folder.resolve("x.parquet"), bytes(ExportFormat.ARGILLA));
        try (ParquetSource source = ParquetSource.open(file)) {
            List<String> columns = source.columns();
            ParquetRow person = source.next();
            assertEquals("[\"ann\",\"ben\"]", person.json(columns.indexOf("label.responses.users")).toString());
            assertEquals("completed", person.values().get(columns.indexOf("status")));
            ParquetRow model = source.next();
            assertEquals("[]", model.json(columns.indexOf("label.responses")).toString());
            assertEquals("laudable model v2", model.values().get(columns.indexOf("label.suggestion.agent")));
        }
        assertEquals(new CheckedRow.Suggested("good", .9f, "laudable model v2"), read(ExportFormat.ARGILLA).get(1).suggested());
    }

    private List<CheckedRow> read(ExportFormat format) throws Exception {
        Path file = Files.write(folder.resolve("export." + format.ending()), bytes(format));
        FileFormat found = FileSniffer.sniff(file, file.getFileName().toString());
        List<FileRow> rows = new ArrayList<>();
        try (RowReader reader = RowReader.open(file, found, List.of())) {
            for (Optional<FileRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                rows.add(row.get());
            }
            RowCheck check = new RowCheck(ColumnGuess.guess(reader.columns(), rows.stream().map(FileRow::fields).toList()));
            return rows.stream().map(check::check).toList();
        }
    }

    private static List<JsonNode> lines(ExportFormat format) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : written(format).split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static String written(ExportFormat format) throws IOException {
        return new String(bytes(format), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ExportFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExportWriter writer = ExportWriter.to(out, format, CLASSES)) {
            for (ExportedRow row : ROWS) {
                writer.write(row);
            }
        }
        return out.toByteArray();
    }
}
