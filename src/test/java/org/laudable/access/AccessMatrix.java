package org.laudable.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who may do what, as written in {@code docs/access-matrix.csv}: kind, what, least right, note. */
public final class AccessMatrix {
    private static final Path FILE = Path.of("docs", "access-matrix.csv");

    /** What is guarded: a service's method, a route of the REST interface, a page. */
    public enum Kind {
        SERVICE, REST, PAGE
    }

    /** The least right that lets somebody in, from none at all to an administrator's; each includes those before it. */
    public enum Needs {
        /** Only called by other code of Laudable, which has checked; reachable by nobody from outside. */
        INTERNAL,
        NOBODY,
        PERSON,
        ANNOTATOR,
        REVIEWER,
        MANAGER,
        ADMIN
    }

    private final Map<Kind, Map<String, Needs>> rows = new TreeMap<>();

    private AccessMatrix() {}

    public static AccessMatrix read() throws IOException {
        AccessMatrix matrix = new AccessMatrix();
        List<String> lines = Files.readAllLines(FILE);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = cells(line);
            Needs before = matrix.of(Kind.valueOf(cells[0])).put(cells[1], Needs.valueOf(cells[2]));
            if (before != null) {
                throw new IllegalStateException("Twice in the matrix: " + line);
            }
        }
        return matrix;
    }

    public Map<String, Needs> of(Kind kind) {
        return rows.computeIfAbsent(kind, it -> new TreeMap<>());
    }

    /** Kind, what, least right, note; routes have commas of their own in braces. */
    private static String[] cells(String line) {
        return line.split(",(?![^{]*})", -1);
    }

    /** What exists without standing in the matrix, and what stands there without existing. */
    public List<String> differences(Kind kind, Iterable<String> existing) {
        List<String> differences = new ArrayList<>();
        Map<String, Needs> stale = new TreeMap<>(of(kind));
        for (String what : existing) {
            if (stale.remove(what) == null) {
                differences.add("not in the matrix: " + kind + "," + what);
            }
        }
        stale.keySet().forEach(what -> differences.add("does not exist any more: " + kind + "," + what));
        return differences;
    }
}
