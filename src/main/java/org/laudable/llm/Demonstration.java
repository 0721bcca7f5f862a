package org.laudable.llm;

import java.util.List;

/** A text with the class people gave it, shown to a model as an example. */
public record Demonstration(String text, String className) {

    /** Finds examples for the texts of one call. */
    public interface Source {
        Source NONE = texts -> List.of();

        /** The examples, the most telling last: models heed what stands nearest to the question. */
        List<Demonstration> forTexts(List<TextToClassify> texts);
    }
}
