package org.laudable.engine.text;

/**
 * Why a run should stop.
 *
 * @param rule     the rule's name
 * @param sentence for people
 */
public record StopReason(String rule, String sentence) {
}
