package org.laudable.labeling;

/**
 * A reviewer's note on an answer that shall be given again, as the annotator gets it.
 *
 * @param by     the reviewer's name
 * @param kind   what the annotator had said
 * @param classId with {@link AnswerKind#LABEL}, otherwise null
 */
public record SentBack(String note, String by, AnswerKind kind, Long classId) {}
