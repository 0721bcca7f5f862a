package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Says another tool's row in flat columns: {@code text} or whatever holds it, {@code id}, {@code label},
 * {@code suggestion} with {@code suggestion_score} and {@code suggestion_source}; all else is metadata. It may remember
 * what it saw in earlier rows, so it goes through a file from the beginning.
 */
interface Translation {
    String ID = "id";
    String TEXT = "text";
    String LABEL = "label";
    /** Several answers of which none was taken. */
    String LABELS = "labels";
    String ANNOTATORS = "annotated_by";
    String SUGGESTION = "suggestion";
    String SCORE = "suggestion_score";
    String SOURCE = "suggestion_source";

    Translated of(ObjectNode row);

    /** Whether a column of this name says something of a text here, whatever it meant to the other tool. */
    static boolean means(String column) {
        String name = column.strip().toLowerCase(Locale.ROOT);
        return Stream.of(ID, TEXT, LABEL, LABELS, ANNOTATORS, SUGGESTION, SCORE, SOURCE).anyMatch(name::equals) || name.startsWith(LABEL + ".");
    }

    /** Columns in the order in which a person looks for them: what a text is and what is said of it first. */
    static List<String> inOrder(Collection<String> columns) {
        List<String> first = Stream.of(ID, TEXT, LABEL, SUGGESTION, SCORE, SOURCE).filter(columns::contains).toList();
        return Stream.concat(first.stream(), columns.stream().filter(column -> !first.contains(column))).toList();
    }
}
