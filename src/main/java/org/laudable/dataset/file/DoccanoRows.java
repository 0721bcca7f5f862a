package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Rows of doccano: {@code text} (or {@code data}) and {@code label}, a list of classes; other fields are metadata. */
final class DoccanoRows implements Translation {

    @Override
    public Translated of(ObjectNode line) {
        List<LeftOut> leftOut = new ArrayList<>();
        ObjectNode row = line.deepCopy();
        if (!row.has(TEXT) && row.path("data").isTextual()) {
            row.set(TEXT, row.remove("data"));
        }
        JsonNode labels = row.has(LABEL) ? row.remove(LABEL) : row.remove(LABELS);
        if (labels != null && labels.isValueNode() && !labels.isNull()) {
            row.put(LABEL, labels.asText());
        } else if (labels != null && labels.isObject()) {
            leftOut.add(LeftOut.OTHER_REGIONS);
        } else if (labels != null && labels.isArray() && !labels.isEmpty()) {
            List<String> classes = new ArrayList<>();
            for (JsonNode one : labels) {
                if (one.isValueNode() && !one.isNull()) {
                    classes.add(one.asText());
                } else if (!one.isNull()) {
                    leftOut.add(LeftOut.OTHER_REGIONS);
                }
            }
            if (!classes.isEmpty()) {
                Votes votes = new Votes();
                votes.add(classes);
                votes.settle(row, LABEL, leftOut);
            }
        }
        return Translated.of(row, leftOut);
    }
}
