package org.laudable.series;

import java.util.List;

/**
 * Something odd that the import saw in a file, in the words of the message {@code series.finding.<key>}.
 *
 * @param arguments of the message: counts, names, times as text
 */
public record Finding(String key, List<String> arguments) {
    public Finding {
        arguments = List.copyOf(arguments);
    }

    public static Finding of(String key, Object... arguments) {
        return new Finding(key, java.util.Arrays.stream(arguments).map(String::valueOf).toList());
    }
}
