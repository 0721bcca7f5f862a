package org.laudable.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportWriterTest {
    private static final ExportedRow ROW = new ExportedRow("7", "=HYPERLINK(\"x\"), \"quoted\"\nשלום 🍏", "Dairy", "label", Origin.PERSON, 0.5f,
            List.of("anna", "ben"), Instant.parse("2026-01-02T03:04:05Z"), 2.5, null, null, "{\"price\":-5}", List.of());

    @Test
    void csv_neutralises_formulas_and_keeps_everything_else() throws IOException {
        NamedCsvRecord row = CsvReader.builder().ofNamedCsvRecord(written(ExportFormat.CSV)).stream().findFirst().orElseThrow();
        assertEquals("'=HYPERLINK(\"x\"), \"quoted\"\nשלום 🍏", row.getField("text"));
        assertEquals("anna ben", row.getField("annotators"));
        assertEquals("person", row.getField("origin"));
        assertEquals("0.5", row.getField("confidence"));
        assertEquals("", row.getField("model_version"));
        assertEquals("{\"price\":-5}", row.getField("metadata"));
    }

    @Test
    void every_way_to_begin_a_formula_is_neutralised() {
        for (String formula : List.of("=1", "+1", "-1", "@a", "\t=1", "\r=1")) {
            assertEquals("'" + formula, ExportWriter.harmless(formula));
        }
        assertEquals("a=1", ExportWriter.harmless("a=1"));
        assertEquals("", ExportWriter.harmless(""));
    }

    @Test
    void json_lines_hold_the_text_as_it_came_in() throws IOException {
        String[] lines = written(ExportFormat.JSONL).split("\n");
        assertEquals(1, lines.length);
        JsonNode row = new ObjectMapper().readTree(lines[0]);
        assertEquals(ROW.text(), row.get("text").asText());
        assertEquals(-5, row.get("metadata").get("price").asInt());
        assertEquals("ben", row.get("annotators").get(1).asText());
        assertEquals(true, row.get("model_version").isNull());
    }

    private static String written(ExportFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExportWriter writer = ExportWriter.to(out, format, List.of())) {
            writer.write(ROW);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
