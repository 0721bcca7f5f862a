package org.laudable.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;

/**
 * What is written down for people about a run, without words yet: those come from the reader's language. Kept as JSON.
 *
 * @param key       of the sentence
 * @param arguments texts and numbers that it names
 */
public record Note(String key, List<Object> arguments) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Note {
        arguments = List.copyOf(arguments);
    }

    public static Note of(String key, Object... arguments) {
        return new Note(key, Arrays.asList(arguments));
    }

    /** What somebody or something else said, in whatever words. */
    public static Note quote(String sentence) {
        return of("run.note.quote", sentence);
    }

    public Note with(Object... more) {
        return of(key, java.util.stream.Stream.concat(arguments.stream(), Arrays.stream(more)).toArray());
    }

    public String written() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A note's arguments are texts and numbers, not " + arguments, e);
        }
    }

    public static Note read(String written) {
        try {
            return JSON.readValue(written, Note.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A note cannot be read: " + written, e);
        }
    }
}
