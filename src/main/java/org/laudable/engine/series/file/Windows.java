package org.laudable.engine.series.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Anomalies of one file as spans of time, from Numenta's combined_windows.json. */
final class Windows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long[] from;
    private final long[] to;
    private final boolean[] met;

    private Windows(List<long[]> spans) {
        from = spans.stream().mapToLong(span -> span[0]).toArray();
        to = spans.stream().mapToLong(span -> span[1]).toArray();
        met = new boolean[from.length];
    }

    boolean contains(long millis) {
        boolean inside = false;
        for (int i = 0; i < from.length; i++) {
            if (from[i] <= millis && millis <= to[i]) {
                met[i] = true;
                inside = true;
            }
        }
        return inside;
    }

    /** Spans that held no point. */
    int unmet() {
        int count = 0;
        for (boolean one : met) {
            count += one ? 0 : 1;
        }
        return count;
    }

    /** Whether the bytes are such a file: an object of lists of pairs. */
    static boolean fits(InputStream bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            if (root == null || !root.isObject() || root.isEmpty()) {
                return false;
            }
            for (JsonNode spans : root) {
                for (JsonNode span : spans) {
                    if (!span.isArray() || span.size() != 2) {
                        return false;
                    }
                }
                if (!spans.isArray()) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The spans of each file named in it. */
    static Map<String, Windows> read(InputStream bytes, ZoneId zone) throws IOException, UnreadableSource {
        Map<String, Windows> byFile = new LinkedHashMap<>();
        TimeReader times = new TimeReader(TimeForm.ISO, zone, 1);
        for (Map.Entry<String, JsonNode> file : JSON.readTree(bytes).properties()) {
            List<long[]> spans = new ArrayList<>();
            for (JsonNode span : file.getValue()) {
                long start = times.millis(span.path(0).asText());
                long end = times.millis(span.path(1).asText());
                if (start == TimeReader.NONE || end == TimeReader.NONE) {
                    throw new UnreadableSource("The window %s of '%s' is not two times.".formatted(span, file.getKey()));
                }
                spans.add(new long[] {start, end});
            }
            byFile.put(file.getKey(), new Windows(spans));
        }
        return byFile;
    }

    /** The spans of a file: the key that its path ends with, or the only one with its name. */
    static Windows of(Map<String, Windows> byFile, SourceEntry entry) {
        String path = entry.path().replaceFirst("(?i)\\.gz$", "");
        for (Map.Entry<String, Windows> one : byFile.entrySet()) {
            if (path.equals(one.getKey()) || path.endsWith("/" + one.getKey())) {
                return one.getValue().fresh();
            }
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<Windows> named = byFile.entrySet().stream()
                .filter(one -> one.getKey().substring(one.getKey().lastIndexOf('/') + 1).equals(name)).map(Map.Entry::getValue).toList();
        return named.size() == 1 ? named.getFirst().fresh() : null;
    }

    private Windows fresh() {
        List<long[]> spans = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            spans.add(new long[] {from[i], to[i]});
        }
        return new Windows(spans);
    }
}
