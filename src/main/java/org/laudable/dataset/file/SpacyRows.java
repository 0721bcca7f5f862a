package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rows for spaCy's text classification: {@code cats} has 1 for the class a text has and 0 for the others; anything
 * between is what a model predicts.
 */
final class SpacyRows implements Translation {

    @Override
    public Translated of(ObjectNode line) {
        List<LeftOut> leftOut = new ArrayList<>();
        ObjectNode row = line.deepCopy();
        JsonNode cats = row.remove("cats");
        if (cats instanceof ObjectNode values && !values.isEmpty()) {
            List<String> ones = new ArrayList<>();
            String best = "";
            double highest = -1;
            boolean gold = true;
            for (Map.Entry<String, JsonNode> one : values.properties()) {
                double value = one.getValue().isBoolean() ? one.getValue().asBoolean() ? 1 : 0 : one.getValue().asDouble(0);
                gold &= value == 0 || value == 1;
                if (value == 1) {
                    ones.add(one.getKey());
                }
                if (value > highest) {
                    highest = value;
                    best = one.getKey();
                }
            }
            if (gold) {
                Votes votes = new Votes();
                votes.add(ones);
                votes.settle(row, LABEL, leftOut);
            } else {
                row.put(SUGGESTION, best);
                row.put(SCORE, highest);
            }
        }
        if (row.get("meta") instanceof ObjectNode meta && !row.has(ID) && meta.hasNonNull(ID) && meta.get(ID).isValueNode()) {
            row.set(ID, meta.remove(ID));
        }
        return Translated.of(row, leftOut);
    }
}
