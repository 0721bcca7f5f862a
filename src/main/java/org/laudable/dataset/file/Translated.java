package org.laudable.dataset.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A row of another tool in flat columns.
 *
 * @param row     null if it is no row of that tool
 * @param leftOut what it said beyond that
 * @param problem why it is none; null if it is one
 */
record Translated(ObjectNode row, List<LeftOut> leftOut, String problem) {
    static Translated whole(ObjectNode row) {
        return new Translated(row, List.of(), null);
    }

    static Translated of(ObjectNode row, List<LeftOut> leftOut) {
        return new Translated(row, List.copyOf(leftOut), null);
    }

    static Translated refused(String problem) {
        return new Translated(null, List.of(), problem);
    }
}
