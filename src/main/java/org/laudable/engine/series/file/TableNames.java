package org.laudable.engine.series.file;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names under which a file of windows speaks of tables; finds the one that means a table. */
final class TableNames {
    private final Set<String> names;
    private final Map<String, List<String>> byLast = new HashMap<>();
    private final Map<String, List<String>> byStem = new HashMap<>();

    TableNames(Collection<String> all) {
        names = new HashSet<>(all);
        names.remove("");
        for (String name : names) {
            SourceEntry named = new SourceEntry("", name, InputStream::nullInputStream);
            byLast.computeIfAbsent(named.fileName(), n -> new ArrayList<>()).add(name);
            byStem.computeIfAbsent(named.stem(), n -> new ArrayList<>()).add(name);
        }
    }

    /** The name that its path ends with, or the only one with its last part; x.csv means x.parquet too. */
    Optional<String> of(SourceEntry table) {
        String path = table.path().replaceFirst("(?i)\\.gz$", "");
        for (String ending = path; ; ending = ending.substring(ending.indexOf('/') + 1)) {
            if (names.contains(ending)) {
                return Optional.of(ending);
            }
            if (ending.indexOf('/') < 0) {
                break;
            }
        }
        List<String> named = byLast.getOrDefault(path.substring(path.lastIndexOf('/') + 1), byStem.getOrDefault(table.stem(), List.of()));
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }
}
