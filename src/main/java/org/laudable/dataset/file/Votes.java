package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What several people answered to one question about one text, and the one label that follows from it, if one does. */
final class Votes {
    private final List<Set<String>> answers = new ArrayList<>();

    /** @param labels one person's; none if they chose none */
    void add(Iterable<String> labels) {
        Set<String> said = new LinkedHashSet<>();
        labels.forEach(said::add);
        answers.add(said);
    }

    /** Writes the label into this column, or, if there is no one label, all of them into {@link Translation#LABELS}. */
    void settle(ObjectNode row, String column, List<LeftOut> leftOut) {
        if (answers.isEmpty()) {
            return;
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        boolean several = false;
        for (Set<String> said : answers) {
            several |= said.size() > 1;
            said.forEach(label -> counts.merge(label, 1, Integer::sum));
        }
        if (counts.isEmpty()) {
            leftOut.add(LeftOut.NO_CHOICE);
            return;
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<String> leading = counts.entrySet().stream().filter(one -> one.getValue() == most).map(Map.Entry::getKey).toList();
        boolean none = answers.stream().filter(Set::isEmpty).count() >= most;
        if (!several && leading.size() == 1 && !none) {
            row.put(column, leading.getFirst());
            if (most == answers.size()) {
                return;
            }
            leftOut.add(LeftOut.OUTVOTED);
        } else {
            leftOut.add(several ? LeftOut.SEVERAL_LABELS : LeftOut.DISAGREEMENT);
        }
        var all = row.putArray(column.equals(Translation.LABEL) ? Translation.LABELS : column + ".labels");
        answers.forEach(said -> said.forEach(all::add));
    }
}
