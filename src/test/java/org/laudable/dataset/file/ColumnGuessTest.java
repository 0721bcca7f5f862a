package org.laudable.dataset.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnGuessTest {

    @Test
    void known_names_decide() {
        assertEquals(List.of(ColumnUse.ID, ColumnUse.TEXT, ColumnUse.LABEL, ColumnUse.METADATA),
                uses(List.of("id", "text", "label", "split"), List.of(List.of("1", "blue cheese", "Dairy", ""), List.of("2", "butter", "Dairy", ""))));
    }

    @Test
    void an_id_that_repeats_is_metadata() {
        assertEquals(List.of(ColumnUse.METADATA, ColumnUse.TEXT),
                uses(List.of("id", "text"), List.of(List.of("1", "blue cheese"), List.of("1", "butter"))));
    }

    @Test
    void without_names_the_longest_varied_column_is_the_text() {
        assertEquals(List.of(ColumnUse.METADATA, ColumnUse.TEXT, ColumnUse.METADATA),
                uses(List.of("column 1", "column 2", "column 3"),
                        List.of(List.of("17", "a long sentence about cheese", "yes"), List.of("18", "another sentence, about fish", "no"))));
    }

    @Test
    void a_file_of_numbers_has_no_text() {
        assertEquals(List.of(ColumnUse.METADATA, ColumnUse.METADATA), uses(List.of("a", "b"), List.of(List.of("1", "2.5"), List.of("3", "4"))));
    }

    private static List<ColumnUse> uses(List<String> names, List<List<String>> rows) {
        return ColumnGuess.guess(names, rows).stream().map(FileColumn::use).toList();
    }
}
