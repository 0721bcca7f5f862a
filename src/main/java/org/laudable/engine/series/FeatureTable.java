package org.laudable.engine.series;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns of features under construction, and beside them the simple scores they came from. */
final class FeatureTable {

    private final List<String> names = new ArrayList<>();
    private final List<double[]> columns = new ArrayList<>();
    private final Map<String, double[]> scores = new LinkedHashMap<>();

    void add(String name, double[] column) {
        names.add(name);
        columns.add(column);
    }

    void score(String name, double[] column) {
        scores.put(name, column);
    }

    List<String> names() {
        return names;
    }

    double[] column(int i) {
        return columns.get(i);
    }

    Map<String, double[]> scores() {
        return scores;
    }

    /** Columns and scores from a point on. */
    FeatureTable from(int point) {
        FeatureTable rest = new FeatureTable();
        for (int i = 0; i < names.size(); i++) {
            rest.add(names.get(i), tail(columns.get(i), point));
        }
        scores.forEach((name, column) -> rest.score(name, tail(column, point)));
        return rest;
    }

    static double[] tail(double[] column, int point) {
        return java.util.Arrays.copyOfRange(column, point, column.length);
    }
}
