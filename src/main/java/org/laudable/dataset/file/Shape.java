package org.laudable.dataset.file;

import java.util.function.Supplier;

/** Whose rows they are: what the fields of a row mean depends on the tool that wrote it. */
public enum Shape {
    /** Flat rows; a person says what each column is for. */
    PLAIN(() -> row -> Translated.whole(row)),
    /** Tasks with {@code data}, {@code annotations} and {@code predictions}. */
    LABEL_STUDIO(LabelStudioTasks::new),
    /** {@code text} and a list of labels. */
    DOCCANO(DoccanoRows::new),
    /** {@code text} with {@code answer}, and {@code label} or {@code accept}. */
    PRODIGY(ProdigyTasks::new),
    /** {@code text} and {@code cats}, a number for each class. */
    SPACY(SpacyRows::new),
    /** Records with responses and suggestions for each question. */
    ARGILLA(ArgillaRecords::new);

    private final Supplier<Translation> translation;

    Shape(Supplier<Translation> translation) {
        this.translation = translation;
    }

    /** For the rows of one file, from its first row on. */
    Translation translation() {
        return translation.get();
    }
}
