package org.laudable.engine.series.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Anomalies of one file as spans of time, from Numenta's combined_windows.json or regions of Label Studio. */
final class Windows {
    private static final int MOST_BYTES = 64 << 20;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build()).build());

    private final long[] from;
    private final long[] to;
    private final int backwards;
    private final boolean[] met;

    /** @param spans in any order; those that overlap become one */
    Windows(List<long[]> spans) {
        List<long[]> merged = new ArrayList<>();
        for (long[] span : spans.stream().filter(one -> one[0] <= one[1]).sorted(Comparator.comparingLong(one -> one[0])).toList()) {
            if (!merged.isEmpty() && span[0] <= merged.getLast()[1]) {
                merged.getLast()[1] = Math.max(merged.getLast()[1], span[1]);
            } else {
                merged.add(span.clone());
            }
        }
        from = merged.stream().mapToLong(span -> span[0]).toArray();
        to = merged.stream().mapToLong(span -> span[1]).toArray();
        backwards = (int) spans.stream().filter(one -> one[0] > one[1]).count();
        met = new boolean[from.length];
    }

    private Windows(Windows same) {
        from = same.from;
        to = same.to;
        backwards = same.backwards;
        met = new boolean[from.length];
    }

    /** The same, before it has met any point. */
    Windows fresh() {
        return new Windows(this);
    }

    boolean contains(long millis) {
        int found = Arrays.binarySearch(from, millis);
        int last = found >= 0 ? found : -found - 2;
        if (last < 0 || to[last] < millis) {
            return false;
        }
        met[last] = true;
        return true;
    }

    /** Spans that held no point. */
    int unmet() {
        int count = 0;
        for (boolean one : met) {
            count += one ? 0 : 1;
        }
        return count + backwards;
    }

    /**
     * What a file of windows holds.
     *
     * @param spans   how many for each name of a table; an empty name where a task has none
     * @param regions whether people marked them in Label Studio
     * @param leftOut what of it is no window of an anomaly; empty: nothing
     */
    record Held(Map<String, Integer> spans, boolean regions, String leftOut) {

        /** Says which windows have no table; empty if each has, or if it is the list of a benchmark of which some tables are there. */
        String withoutTable(List<SourceEntry> tables) {
            TableNames names = new TableNames(spans.keySet());
            Set<String> found = tables.stream().flatMap(table -> names.of(table).stream()).collect(Collectors.toSet());
            List<String> lost = spans.keySet().stream().filter(name -> spans.get(name) > 0 && !found.contains(name)).toList();
            if (lost.isEmpty() || !regions && !found.isEmpty()) {
                return "";
            }
            return "%,d of its windows are left out, because they are about no table among these files: %s%s.".formatted(
                    lost.stream().mapToInt(spans::get).sum(),
                    lost.stream().limit(5).map(name -> name.isEmpty() ? "tasks that name none" : "'%.100s'".formatted(name)).collect(Collectors.joining(", ")),
                    lost.size() > 5 ? " and %,d more".formatted(lost.size() - 5) : "");
        }
    }

    /** @throws UnreadableSource if it is no such file */
    static Held check(SourceEntry entry) throws IOException, UnreadableSource {
        JsonNode root = json(entry);
        Map<String, Integer> counts = new LinkedHashMap<>();
        if (Regions.fits(root)) {
            Regions.spans(root, ZoneId.of("UTC")).forEach((file, spans) -> counts.put(file, spans.size()));
            return new Held(counts, true, Regions.leftOut(root));
        }
        if (root == null || !root.isObject() || root.isEmpty()) {
            throw none();
        }
        for (Map.Entry<String, JsonNode> file : root.properties()) {
            if (!file.getValue().isArray()) {
                throw none();
            }
            for (JsonNode span : file.getValue()) {
                if (!span.isArray() || span.size() != 2) {
                    throw none();
                }
            }
            counts.put(file.getKey(), file.getValue().size());
        }
        return new Held(counts, false, "");
    }

    private static UnreadableSource none() {
        return new UnreadableSource("The JSON file does not hold windows of anomalies (a list of [from, to] for each file), "
                + "nor tasks of Label Studio with regions of time.");
    }

    private static JsonNode json(SourceEntry entry) throws IOException, UnreadableSource {
        byte[] bytes;
        try (InputStream in = entry.open()) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new UnreadableSource("The JSON file is larger than 64 MB, unpacked. Split it, or leave out what is no window.");
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw none();
        }
    }

    /** The spans of each file named in it. */
    static Map<String, List<long[]>> read(SourceEntry entry, ZoneId zone) throws IOException, UnreadableSource {
        JsonNode root = json(entry);
        if (Regions.fits(root)) {
            return Regions.spans(root, zone);
        }
        Map<String, List<long[]>> byFile = new LinkedHashMap<>();
        TimeReader times = new TimeReader(TimeForm.ISO, zone, 1);
        for (Map.Entry<String, JsonNode> file : root.properties()) {
            List<long[]> spans = new ArrayList<>();
            for (JsonNode span : file.getValue()) {
                long start = times.millis(span.path(0).asText());
                long end = times.millis(span.path(1).asText());
                if (start == TimeReader.NONE || end == TimeReader.NONE) {
                    throw new UnreadableSource("The window %s of '%s' is not two times.".formatted(span, file.getKey()));
                }
                spans.add(new long[] {start, end});
            }
            byFile.put(file.getKey(), spans);
        }
        return byFile;
    }
}
