package org.laudable.engine.text;

import java.util.Arrays;
import java.util.List;

/**
 * Why a run should stop.
 *
 * @param rule    the rule's name
 * @param figures that the rule's sentence names, in order
 */
public record StopReason(String rule, List<Double> figures) {

    StopReason(String rule, double... figures) {
        this(rule, Arrays.stream(figures).boxed().toList());
    }
}
