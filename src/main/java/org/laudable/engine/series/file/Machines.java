package org.laudable.engine.series.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Joins the headerless files of a Server Machine Dataset into machines: by folder, by name, or by what is in them. */
final class Machines {
    private static final Pattern LABEL = Pattern.compile("(?i)(^|.*[/_.-])(test[_-]?labels?|labels?|truth)([/_.-].*|$)");
    private static final Pattern TRAIN = Pattern.compile("(?i)(^|.*[/_.-])train(ing)?([/_.-].*|$)");
    private static final Pattern TEST = Pattern.compile("(?i)(^|.*[/_.-])test([/_.-].*|$)");
    private static final Pattern OTHER = Pattern.compile("(?i)(^|.*/)interpretation_label/.*");
    private static final Pattern ROLE_WORDS = Pattern.compile("(?i)[_.-]?(test[_-]?labels?|labels?|truth|train(ing)?|test)(?=$|[_.-])|^(test[_-]?labels?|labels?|truth|train(ing)?|test)[_.-]");

    private Machines() {}

    /** A file without header. */
    record Part(SourceEntry entry, char delimiter, int width, boolean binary) {}

    /** What the files of one machine share. */
    record Shape(char delimiter, int width) {}

    /** Whether the name says that a file is a part of a machine. */
    static boolean hinted(SourceEntry entry) {
        return LABEL.matcher(entry.path()).matches() || TRAIN.matcher(entry.path()).matches() || TEST.matcher(entry.path()).matches();
    }

    static Map<Shape, List<Machine>> join(List<Part> parts, List<SourcePlan.RefusedFile> refused) throws IOException {
        Map<String, List<Part>> byStem = new TreeMap<>();
        for (Part part : parts) {
            if (!OTHER.matcher(part.entry.path()).matches()) {
                String stem = ROLE_WORDS.matcher(part.entry.stem()).replaceAll("");
                byStem.computeIfAbsent(stem.isEmpty() ? "series" : stem, key -> new ArrayList<>()).add(part);
            }
        }
        Map<Shape, List<Machine>> machines = new LinkedHashMap<>();
        for (Map.Entry<String, List<Part>> one : byStem.entrySet()) {
            machine(one.getKey(), one.getValue(), refused).ifPresent(found ->
                    machines.computeIfAbsent(found.shape, shape -> new ArrayList<>()).add(found.machine));
        }
        return machines;
    }

    private record Found(Shape shape, Machine machine) {}

    private static Optional<Found> machine(String name, List<Part> parts, List<SourcePlan.RefusedFile> refused) throws IOException {
        Part train = null;
        Part test = null;
        Part labels = null;
        List<Part> unsaid = new ArrayList<>();
        for (Part part : parts) {
            String path = part.entry.path();
            if (labels == null && LABEL.matcher(path).matches()) {
                labels = part;
            } else if (train == null && TRAIN.matcher(path).matches()) {
                train = part;
            } else if (test == null && TEST.matcher(path).matches()) {
                test = part;
            } else {
                unsaid.add(part);
            }
        }
        for (Part part : unsaid) {
            if (part.binary && labels == null && parts.size() > 1) {
                labels = part;
            } else if (train == null && test == null && unsaid.stream().filter(other -> !other.binary).count() > 1) {
                train = part;
            } else if (test == null) {
                test = part;
            } else if (train == null) {
                train = part;
            } else {
                refused.add(new SourcePlan.RefusedFile(part.entry.path(), "There are more than three files for '%s'; train, test and labels are there already.".formatted(name)));
            }
        }
        if (test == null && train != null) {
            test = train;
            train = null;
        }
        if (test == null) {
            refused.add(new SourcePlan.RefusedFile(parts.getFirst().entry.path(), "These labels have no file of values with the same name."));
            return Optional.empty();
        }
        if (train != null && unsaid.contains(train) && labels != null && rows(labels) == rows(train) && rows(labels) != rows(test)) {
            Part other = train;
            train = test;
            test = other;
        }
        if (train != null && train.width != test.width) {
            refused.add(new SourcePlan.RefusedFile(test.entry.path(), "The training file has %d channels and the test file %d. They must be the same."
                    .formatted(train.width, test.width)));
            return Optional.empty();
        }
        return Optional.of(new Found(new Shape(test.delimiter, test.width), new Machine(name, id(train), id(test), id(labels))));
    }

    private static String id(Part part) {
        return part == null ? null : part.entry.id();
    }

    private static long rows(Part part) throws IOException {
        try (CsvTable table = new CsvTable(part.entry.open(), part.delimiter)) {
            while (table.next() != null) {
                continue;
            }
            return table.line();
        } catch (UnreadableSource e) {
            return -1;
        }
    }
}
