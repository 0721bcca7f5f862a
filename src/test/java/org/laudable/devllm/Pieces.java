package org.laudable.devllm;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The double's tokenizer: runs of up to six letters, single digits, runs of blanks, single other characters. */
final class Pieces {
    private static final Pattern PIECE = Pattern.compile("\\p{L}{1,6}|\\d|\\s+|[^\\p{L}\\d\\s]");

    private Pieces() {}

    static List<String> of(String text) {
        return PIECE.matcher(text).results().map(MatchResult::group).toList();
    }

    static int count(String text) {
        return (int) PIECE.matcher(text).results().count();
    }
}
