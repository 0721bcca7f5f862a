package org.laudable.llm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.llm.ChatReply.Alternative;
import org.laudable.llm.ChatReply.TokenChance;

/**
 * Reads probabilities of classes out of an answer's tokens.
 *
 * <p>The chosen class has the product of its tokens' probabilities. Each alternative at the first token that can only be
 * the beginning of one other class gives that class its probability. What is left is spread evenly over the classes not
 * seen, and the whole is normalised to 1.
 */
final class ClassChances {
    private final List<TokenChance> tokens;
    private final int[] starts;
    private final String text;

    ClassChances(List<TokenChance> tokens) {
        this.tokens = tokens;
        this.starts = new int[tokens.size() + 1];
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            starts[i] = whole.length();
            whole.append(tokens.get(i).token());
        }
        starts[tokens.size()] = whole.length();
        this.text = whole.toString();
    }

    /**
     * The chances at the n-th {@code "class": "…"} of the answer.
     *
     * @param nth from 0
     * @param chosen the class written there
     * @return empty if the tokens do not show it
     */
    Optional<Map<Long, Double>> at(int nth, ClassOption chosen, List<ClassOption> classes) {
        List<int[]> values = values();
        if (nth >= values.size()) {
            return Optional.empty();
        }
        int from = values.get(nth)[0];
        int to = values.get(nth)[1];
        if (!text.substring(from, to).equals(chosen.name())) {
            return Optional.empty();
        }
        int first = tokenAt(from);
        double log = 0;
        for (int i = first; i < tokens.size() && starts[i] < to; i++) {
            log += tokens.get(i).logprob();
        }
        Map<Long, Double> chances = new HashMap<>();
        chances.put(chosen.id(), Math.exp(log));
        String before = text.substring(starts[first], from);
        for (Alternative alternative : tokens.get(first).alternatives()) {
            if (alternative.token().startsWith(before) && alternative.token().length() > before.length()) {
                String begin = alternative.token().substring(before.length());
                int quote = begin.indexOf('"');
                List<ClassOption> fitting = classes.stream()
                        .filter(it -> quote >= 0 ? it.name().equals(begin.substring(0, quote)) : it.name().startsWith(begin)).toList();
                if (fitting.size() == 1 && fitting.getFirst().id() != chosen.id()) {
                    chances.merge(fitting.getFirst().id(), Math.exp(alternative.logprob()), Double::sum);
                }
            }
        }
        return Optional.of(normalised(chances, classes));
    }

    private static Map<Long, Double> normalised(Map<Long, Double> seen, List<ClassOption> classes) {
        double sum = seen.values().stream().mapToDouble(Double::doubleValue).sum();
        int unseen = classes.size() - seen.size();
        double each = unseen > 0 && sum < 1 ? (1 - sum) / unseen : 0;
        double total = sum + each * unseen;
        Map<Long, Double> all = new HashMap<>();
        classes.forEach(it -> all.put(it.id(), seen.getOrDefault(it.id(), each) / total));
        return all;
    }

    /** Where the values of the properties named 'class' begin and end, quotes apart. Escapes inside a value are not undone. */
    private List<int[]> values() {
        List<int[]> found = new ArrayList<>();
        int at = 0;
        while ((at = text.indexOf("\"class\"", at)) >= 0) {
            int from = at + "\"class\"".length();
            while (from < text.length() && (Character.isWhitespace(text.charAt(from)) || text.charAt(from) == ':')) {
                from++;
            }
            at = from;
            if (from < text.length() && text.charAt(from) == '"') {
                int to = text.indexOf('"', from + 1);
                if (to < 0) {
                    break;
                }
                found.add(new int[] {from + 1, to});
                at = to + 1;
            }
        }
        return found;
    }

    private int tokenAt(int position) {
        int token = 0;
        while (token + 1 < tokens.size() && starts[token + 1] <= position) {
            token++;
        }
        return token;
    }
}
