package org.laudable.dataset.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowCheckTest {
    private static final FileFormat CSV = new FileFormat(FileFormat.Kind.CSV, "UTF-8", ',', true, true);
    private static final List<FileColumn> COLUMNS = List.of(new FileColumn("id", ColumnUse.ID),
            new FileColumn("text", ColumnUse.TEXT), new FileColumn("label", ColumnUse.LABEL), new FileColumn("shop", ColumnUse.METADATA));

    @Test
    void unusual_texts_go_in_untouched() throws Exception {
        List<String> texts = List.of("  שלום עולם ", "🍏 Ünïcödé 👩‍👩‍👧", "<script>alert(1)</script>", "=1+1", "@cmd", "-5", "two\nlines",
                "a \"quoted\" word");
        StringBuilder file = new StringBuilder("id,text,label,shop\n");
        for (int i = 0; i < texts.size(); i++) {
            file.append(i).append(",\"").append(texts.get(i).replace("\"", "\"\"")).append("\",,\n");
        }
        List<CheckedRow> rows = check(file.toString().getBytes(StandardCharsets.UTF_8), CSV, COLUMNS);
        assertEquals(texts, rows.stream().map(CheckedRow::text).toList());
        assertTrue(rows.stream().allMatch(row -> row.refusal() == null));
    }

    @Test
    void bad_rows_are_refused_with_their_line_and_reason() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("id,text,label,shop\n1,fine,,\n2,   ,,\n3,nul\0here,,\n4,only two\n".getBytes(StandardCharsets.UTF_8));
        file.writeBytes(new byte[] {'5', ',', 'b', (byte) 0xC3, (byte) 0x28, ',', ',', '\n'});
        file.writeBytes(("6," + "x".repeat(1_000_000) + ",,\n,no id,,\n").getBytes(StandardCharsets.UTF_8));
        List<CheckedRow> rows = check(file.toByteArray(), CSV, COLUMNS);
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L, 8L), rows.stream().map(CheckedRow::number).toList());
        assertNull(rows.get(0).refusal());
        assertEquals("the text is empty", rows.get(1).refusal());
        assertTrue(rows.get(2).refusal().contains("NUL"));
        assertEquals("2 columns instead of 4", rows.get(3).refusal());
        assertTrue(rows.get(4).refusal().contains("not valid in the file's encoding"));
        assertTrue(rows.get(5).refusal().startsWith("the text has 1,000,000 characters"));
        assertEquals("the id is empty", rows.get(6).refusal());
    }

    @Test
    void texts_that_differ_in_case_and_spaces_have_one_fingerprint() throws Exception {
        List<CheckedRow> rows = check("id,text,label,shop\n1,Blue  Cheese,,\n2,blue cheese ,Dairy,Acme\n".getBytes(), CSV, COLUMNS);
        assertArrayEquals(rows.get(0).fingerprint(), rows.get(1).fingerprint());
        assertNull(rows.get(0).label());
        assertEquals("Dairy", rows.get(1).label());
        assertEquals("{\"shop\":\"Acme\"}", rows.get(1).metadata());
    }

    @Test
    void json_lines_keep_types_and_unknown_keys_and_refuse_what_is_no_object() throws Exception {
        String file = """
                {"id": 1, "text": "one", "label": "A", "shop": {"n": 2}}
                {"id": 2, "text": "two", "extra": true}
                {"id": 3, "text": ["no"]}
                {"id": 4, "text": "broken
                [1]
                {"id": 5, "text": "half \\ud800"}
                {"id": 6, "text": "meta", "shop": "a\\u0000b"}
                """;
        List<CheckedRow> rows = check(file.getBytes(StandardCharsets.UTF_8), FileFormat.jsonLines("UTF-8"), COLUMNS);
        assertEquals("{\"shop\":{\"n\":2}}", rows.get(0).metadata());
        assertEquals("1", rows.get(0).externalId());
        assertEquals("{\"extra\":true}", rows.get(1).metadata());
        assertTrue(rows.get(2).refusal().contains("not a text"));
        assertTrue(rows.get(3).refusal().contains("not valid JSON"));
        assertEquals("the line is no JSON object", rows.get(4).refusal());
        assertTrue(rows.get(5).refusal().contains("lone surrogate"));
        assertTrue(rows.get(6).refusal().contains("NUL"));
    }

    @Test
    void metadata_above_32_kb_is_refused() throws Exception {
        List<CheckedRow> rows = check(("id,text,label,shop\n1,fine,," + "y".repeat(33_000) + "\n").getBytes(), CSV, COLUMNS);
        assertTrue(rows.getFirst().refusal().contains("32 KB"));
    }

    private static List<CheckedRow> check(byte[] bytes, FileFormat format, List<FileColumn> columns) throws Exception {
        RowCheck check = new RowCheck(columns);
        List<CheckedRow> rows = new ArrayList<>();
        try (RowReader reader = RowReader.open(new ByteArrayInputStream(bytes), format, columns.stream().map(FileColumn::name).toList())) {
            for (Optional<FileRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                rows.add(check.check(row.get()));
            }
        }
        return rows;
    }
}
