package org.laudable.e2e;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Real rows of usda-foods, of its largest groups, as a file to upload and as the answers a careful person would give. */
final class FoodsFile {
    private static final Path SAMPLE = Path.of("src", "main", "resources", "samples", "usda-foods.csv");

    private final List<NamedCsvRecord> rows;

    private FoodsFile(List<NamedCsvRecord> rows) {
        this.rows = rows;
    }

    /** The first {@code perGroup} rows of each of the largest {@code groups} food groups. */
    static FoodsFile of(int groups, int perGroup) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        List<NamedCsvRecord> all = read();
        all.forEach(row -> sizes.merge(row.getField("label"), 1, Integer::sum));
        List<String> largest = sizes.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(groups).map(Map.Entry::getKey).toList();
        Map<String, Integer> taken = new HashMap<>();
        return new FoodsFile(all.stream().filter(row -> largest.contains(row.getField("label")))
                .filter(row -> taken.merge(row.getField("label"), 1, Integer::sum) <= perGroup).toList());
    }

    int size() {
        return rows.size();
    }

    /** Group of each text. */
    Map<String, String> answers() {
        Map<String, String> answers = new HashMap<>();
        rows.forEach(row -> answers.put(row.getField("text"), row.getField("label")));
        return answers;
    }

    Path write() {
        try {
            Path file = Files.createTempFile(Files.createDirectories(Path.of("target", "e2e")), "foods", ".csv");
            try (CsvWriter csv = CsvWriter.builder().build(file, StandardCharsets.UTF_8)) {
                csv.writeRecord("id", "text", "label");
                rows.forEach(row -> csv.writeRecord(row.getField("id"), row.getField("text"), row.getField("label")));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<NamedCsvRecord> read() {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(SAMPLE, StandardCharsets.UTF_8)) {
            return csv.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
