package org.laudable.laud;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.laudable.engine.text.TextClass;
import org.laudable.project.LabelClass;

/** The classes one model knows: those not retired when it was trained, in their order. An index is a position here. */
record Schema(List<LabelClass> classes) {

    static Schema of(List<LabelClass> all) {
        return new Schema(all.stream().filter(c -> !c.retired()).toList());
    }

    List<TextClass> forEngine() {
        return classes.stream().map(c -> new TextClass(c.name(), c.description())).toList();
    }

    int size() {
        return classes.size();
    }

    List<Long> ids() {
        return classes.stream().map(LabelClass::id).toList();
    }

    long id(int index) {
        return classes.get(index).id();
    }

    Map<Long, Integer> indexById() {
        Map<Long, Integer> index = new HashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            index.put(classes.get(i).id(), i);
        }
        return index;
    }
}
