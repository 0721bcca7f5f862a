package org.laudable.dataset.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileSnifferTest {

    @Test
    void commas_with_a_header_are_recognised() throws Exception {
        FileFormat format = sniff("id,text,label\n1,\"Cheese, blue\",Dairy\n2,Butter,Dairy\n", "foods.csv");
        assertEquals(new FileFormat(FileFormat.Kind.CSV, "UTF-8", ',', true, true), format);
    }

    @Test
    void semicolons_win_over_commas_inside_texts() throws Exception {
        FileFormat format = sniff("name;price\nKäse, jung;1,20\nMilch, frisch;0,90\nBrot, dunkel;2,10\n", "waren.csv");
        assertEquals(';', format.delimiter());
        assertTrue(format.header());
    }

    @Test
    void tabs_and_stray_quotes_are_read_without_quotes() throws Exception {
        FileFormat format = sniff("1\t5\" pipe\n2\tplain pipe\n3\tanother one\n4\t7\" and more\n5\t\"unclosed here\n6\tx\n", "pipes.tsv");
        assertEquals('\t', format.delimiter());
        assertFalse(format.quoted());
        assertFalse(format.header());
    }

    @Test
    void a_plain_list_of_texts_has_one_column_and_no_header() throws Exception {
        FileFormat format = sniff("red apples\ngreen pears\nblue plums\n", "list.csv");
        assertFalse(format.header());
        assertEquals(',', format.delimiter());
    }

    @Test
    void json_lines_are_recognised_by_content() throws Exception {
        assertEquals(FileFormat.Kind.JSONL, sniff("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", "data.txt").kind());
    }

    @Test
    void encodings_are_told_apart() throws Exception {
        assertEquals("windows-1252", charsetOf("text\nCafé crème brûlée à la carte\nÄpfel und Öl für alle\n", "windows-1252"));
        assertEquals("UTF-16LE", charsetOf("text\nBirne\nApfel\nBanane\nKirsche\n", "UTF-16LE"));
        assertEquals("UTF-8", charsetOf("text\nשלום עולם\n", "UTF-8"));
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_column() throws Exception {
        byte[] bytes = "\uFEFFtext,id\nhello,1\n".getBytes(StandardCharsets.UTF_8);
        FileFormat format = FileSniffer.sniff(new ByteArrayInputStream(bytes), "x.csv");
        try (RowReader reader = RowReader.open(new ByteArrayInputStream(bytes), format, java.util.List.of())) {
            assertEquals("text", reader.columns().getFirst());
        }
    }

    @Test
    void one_broken_byte_does_not_turn_a_utf_8_file_into_another_encoding() {
        byte[] good = "text\nCrème brûlée, café, thé glacé, pâté, purée, flambé, soufflé, jalapeño, açaí\n".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = java.util.Arrays.copyOf(good, good.length + 1);
        bytes[good.length] = (byte) 0xFF;
        assertEquals("UTF-8", FileSniffer.charset(bytes));
    }

    @Test
    void files_that_are_no_text_are_refused_with_what_to_do() {
        assertTrue(refusal("".getBytes(), "a.csv").contains("empty"));
        assertTrue(refusal("  \n \n".getBytes(), "a.csv").contains("white space"));
        assertTrue(refusal(new byte[] {'P', 'K', 3, 4, 0, 0}, "a.xlsx").contains("Save the sheet as CSV"));
        assertTrue(refusal(new byte[] {0x1f, (byte) 0x8b, 8, 0}, "a.csv.gz").contains("Unpack"));
        assertTrue(refusal(new byte[] {1, 2, 3, 4, 5, 6, 7, 0, 0, 1, 9, 65}, "a.bin").contains("binary"));
    }

    private static FileFormat sniff(String content, String name) throws Exception {
        return FileSniffer.sniff(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), name);
    }

    private static String charsetOf(String content, String charset) throws Exception {
        return FileSniffer.sniff(new ByteArrayInputStream(content.getBytes(Charset.forName(charset))), "x.csv").charset();
    }

    private static String refusal(byte[] bytes, String name) {
        return assertThrows(UnreadableFile.class, () -> FileSniffer.sniff(new ByteArrayInputStream(bytes), name)).getMessage();
    }
}
