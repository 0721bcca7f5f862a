package org.laudable.laud;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** 320 short texts in four plain classes, made from word lists; which class a text has is known. */
final class SmallTexts {
    static final int SIZE = 320;
    static final String[] CLASSES = {"fruit", "tool", "animal", "vehicle"};

    private static final Map<String, List<String>> NOUNS = Map.of(
            "fruit", List.of("apple", "pear", "banana", "cherry", "mango", "plum", "grape", "peach", "melon", "apricot"),
            "tool", List.of("hammer", "screwdriver", "wrench", "saw", "drill", "chisel", "pliers", "spade", "axe", "file"),
            "animal", List.of("dog", "horse", "rabbit", "elephant", "tiger", "sheep", "goat", "wolf", "monkey", "fox"),
            "vehicle", List.of("car", "truck", "bicycle", "bus", "train", "tram", "scooter", "van", "motorbike", "boat"));
    private static final List<String> WAYS = List.of("a %s from the market", "an old %s", "two of the %s kind", "the %s we saw",
            "a rather small %s", "my neighbour's %s", "%s, large", "a picture of a %s");

    private SmallTexts() {}

    /** Text to class, in a fixed random order. */
    static Map<String, String> all() {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        new TreeMap<>(NOUNS).forEach((name, nouns) -> nouns.forEach(noun -> WAYS.forEach(way ->
                entries.add(Map.entry(way.formatted(noun), name)))));
        Collections.shuffle(entries, new Random(3));
        Map<String, String> texts = new LinkedHashMap<>();
        entries.forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
        return texts;
    }
}
