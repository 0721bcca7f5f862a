package org.laudable.engine.series.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Says what files are and how to read them, from their names and first rows. */
public final class SourceSniffer {
    private static final Pattern ASIDE = Pattern.compile("(?i)(^|.*/)(\\.|__MACOSX/|licen[cs]e|readme|copying|\\._).*|.*\\.(md|pdf|html?|xml|ya?ml|py|ipynb|png|jpe?g)$");
    private static final int HEAD_BYTES = 1 << 18;
    private static final int SAMPLE_ROWS = 500;

    private final List<SourceEntry> entries;
    private final Map<String, List<SourceEntry>> groups = new LinkedHashMap<>();
    private final Map<String, SourceGroup> forms = new HashMap<>();
    private final List<String> windows = new ArrayList<>();
    private final Map<SourceEntry, Windows.Held> spans = new LinkedHashMap<>();
    private final List<SourcePlan.RefusedFile> refused = new ArrayList<>();
    private final List<Machines.Part> parts = new ArrayList<>();

    private SourceSniffer(List<SourceEntry> entries) {
        this.entries = entries;
    }

    /** A plan for these files; what cannot be read is refused in it, with the reason. */
    public static SourcePlan sniff(List<SourceEntry> entries) throws IOException {
        return new SourceSniffer(entries).plan();
    }

    private SourcePlan plan() throws IOException {
        for (SourceEntry entry : entries) {
            if (!ASIDE.matcher(entry.path()).matches()) {
                try {
                    look(entry);
                } catch (UnreadableSource e) {
                    refused.add(new SourcePlan.RefusedFile(entry.path(), e.getMessage()));
                } catch (java.util.zip.ZipException | java.io.EOFException e) {
                    refused.add(new SourcePlan.RefusedFile(entry.path(), "The compressed file is damaged."));
                }
            }
        }
        List<SourceEntry> tables = groups.entrySet().stream().filter(one -> forms.get(one.getKey()).format() != SourceFormat.LONG)
                .flatMap(one -> one.getValue().stream()).toList();
        spans.forEach((entry, held) -> note(entry, held.withoutTable(tables)));
        List<SourceGroup> found = new ArrayList<>();
        Map<Machines.Shape, List<Machine>> machines = Machines.join(parts, refused);
        machines.forEach((shape, list) -> found.add(new SourceGroup(SourceFormat.SMD, shape.delimiter(), false, List.of(), TimeForm.ROWS, 60, Map.of(), list)));
        groups.forEach((key, members) -> found.add(group(forms.get(key), members)));
        return new SourcePlan(List.copyOf(found), List.copyOf(windows), List.copyOf(refused));
    }

    private void note(SourceEntry entry, String leftOut) {
        if (!leftOut.isEmpty()) {
            refused.add(new SourcePlan.RefusedFile(entry.path(), leftOut));
        }
    }

    private SourceGroup group(SourceGroup form, List<SourceEntry> members) {
        Map<String, Long> stems = new HashMap<>();
        groups.values().forEach(list -> list.forEach(entry -> stems.merge(entry.stem(), 1L, Long::sum)));
        Map<String, String> names = new LinkedHashMap<>();
        for (SourceEntry entry : members.stream().sorted(Comparator.comparing(SourceEntry::path)).toList()) {
            String path = entry.path().substring(0, entry.path().length() - entry.fileName().length()) + entry.stem();
            String name = stems.get(entry.stem()) == 1 ? entry.stem() : path;
            names.put(entry.id(), unused(name.length() > 200 ? name.substring(name.length() - 200) : name, names));
        }
        SourceFormat format = form.format() == SourceFormat.WIDE && form.columns().size() == 2 && !windows.isEmpty() ? SourceFormat.NAB : form.format();
        return new SourceGroup(format, form.delimiter(), form.header(), form.columns(), form.time(), form.stepSeconds(), names, List.of());
    }

    private static String unused(String name, Map<String, String> taken) {
        String free = name;
        for (int n = 2; taken.containsValue(free); n++) {
            free = name + " (" + n + ")";
        }
        return free;
    }

    private void look(SourceEntry entry) throws IOException, UnreadableSource {
        byte[] head;
        try (InputStream in = entry.open()) {
            head = in.readNBytes(HEAD_BYTES);
        }
        if (head.length == 0) {
            throw new UnreadableSource("The file is empty.");
        }
        if (entry.path().toLowerCase(Locale.ROOT).matches(".*\\.json(\\.gz)?")) {
            Windows.Held held = Windows.check(entry);
            note(entry, held.leftOut());
            windows.add(entry.id());
            spans.put(entry, held);
            return;
        }
        Sample sample;
        if (ParquetTable.isOne(entry)) {
            try (Table table = Table.open(entry, ',')) {
                sample = Sample.of(table, SAMPLE_ROWS);
            }
        } else {
            sample = Sample.of(head, HEAD_BYTES, SAMPLE_ROWS);
        }
        if (sample.rows().isEmpty()) {
            throw new UnreadableSource(sample.header() == null ? "The file has no rows." : "The file has a header but no rows.");
        }
        if (sample.header() == null && sample.numeric() && (Machines.hinted(entry) || !ColumnGuess.firstIsTime(sample))) {
            parts.add(new Machines.Part(entry, sample.delimiter(), sample.width(), sample.binary()));
            return;
        }
        SourceGroup form = ColumnGuess.guess(sample);
        String key = form.format() + "|" + form.time() + "|" + form.columns();
        forms.putIfAbsent(key, form);
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(entry);
    }
}
