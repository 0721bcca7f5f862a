package org.laudable.engine.series.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Anomalies as regions of time that people marked in Label Studio: tasks with {@code timeserieslabels}. */
final class Regions {
    private final TimeReader times;
    private final Map<String, List<long[]>> byFile = new LinkedHashMap<>();
    private int predictions;
    private int cancelled;
    private int usual;

    private Regions(ZoneId zone) {
        times = new TimeReader(TimeForm.ISO, zone, 1);
    }

    /** Whether it is a list of such tasks. */
    static boolean fits(JsonNode root) {
        return root != null && root.isArray() && !root.isEmpty() && root.findValue("timeserieslabels") != null
                && root.get(0).path("data").isObject();
    }

    /** The spans of each file that a task names. */
    static Map<String, List<long[]>> spans(JsonNode tasks, ZoneId zone) throws UnreadableSource {
        return read(tasks, zone).byFile;
    }

    /** What of the tasks is no anomaly that somebody marked; empty if nothing is left out. */
    static String leftOut(JsonNode tasks) throws UnreadableSource {
        Regions read = read(tasks, ZoneId.of("UTC"));
        List<String> parts = new ArrayList<>();
        if (read.predictions > 0) {
            parts.add("%,d predictions of models".formatted(read.predictions));
        }
        if (read.cancelled > 0) {
            parts.add("%,d cancelled answers".formatted(read.cancelled));
        }
        if (read.usual > 0) {
            parts.add("%,d regions that are called normal or expected".formatted(read.usual));
        }
        return parts.isEmpty() ? "" : "Its regions are taken as labels; left out: " + String.join(", ", parts) + ".";
    }

    private static Regions read(JsonNode tasks, ZoneId zone) throws UnreadableSource {
        Regions regions = new Regions(zone);
        for (JsonNode task : tasks) {
            regions.task(task);
        }
        return regions;
    }

    private void task(JsonNode task) throws UnreadableSource {
        List<long[]> spans = byFile.computeIfAbsent(file(task.path("data")), f -> new ArrayList<>());
        predictions += task.path("predictions").size();
        for (JsonNode annotation : task.path("annotations")) {
            if (annotation.path("was_cancelled").asBoolean(false)) {
                cancelled++;
                continue;
            }
            for (JsonNode region : annotation.path("result")) {
                JsonNode value = region.path("value");
                if (value.path("timeserieslabels").isArray()) {
                    if (anomalous(value.get("timeserieslabels"))) {
                        spans.add(new long[] {millis(value.path("start")), millis(value.path("end"))});
                    } else {
                        usual++;
                    }
                }
            }
        }
    }

    private static boolean anomalous(JsonNode labels) {
        for (JsonNode label : labels) {
            if (Numbers.label(label.asText()) != 0 && !label.asText().equalsIgnoreCase("expected")) {
                return true;
            }
        }
        return false;
    }

    private long millis(JsonNode time) throws UnreadableSource {
        if (time.isNumber()) {
            double number = time.asDouble();
            if (number >= 1e11 && number < 1e14) {
                return (long) number;
            }
            if (number >= 1e8 && number < 1e11) {
                return Math.round(number * 1_000);
            }
        }
        long millis = time.isTextual() ? times.millis(time.asText()) : TimeReader.NONE;
        if (millis == TimeReader.NONE) {
            throw new UnreadableSource("A region of the tasks begins or ends at %s, which is no time. Export them from a project whose series have a time column."
                    .formatted(time));
        }
        return millis;
    }

    /** The name of the file that a task's data points to, without what an upload puts in front of it. */
    private static String file(JsonNode data) {
        for (JsonNode value : data) {
            String text = value.isTextual() ? value.asText().replaceFirst("[?#].*$", "") : "";
            if (text.matches("(?i).*\\.(csv|tsv|txt|parquet)(\\.gz)?$")) {
                return text.substring(text.lastIndexOf('/') + 1).replaceFirst("^[0-9a-f]{8}-", "");
            }
        }
        return data.path("series").asText("");
    }
}
