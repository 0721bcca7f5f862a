package org.laudable.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.Refused;
import org.laudable.dataset.file.ColumnGuess;
import org.laudable.dataset.file.ColumnUse;
import org.laudable.dataset.file.FileColumn;
import org.laudable.dataset.file.FileFormat;
import org.laudable.dataset.file.FileRow;
import org.laudable.dataset.file.FileSniffer;
import org.laudable.dataset.file.RowCheck;
import org.laudable.dataset.file.RowReader;
import org.laudable.dataset.file.UnreadableFile;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Mutations;
import org.laudable.testing.Sample;

/** Files that are nearly right: each is read, or refused with a sentence; what goes in is counted, and never half. */
@QuarkusTest
class ImportFuzzTest {
    private static final int READ = 400;
    private static final int CARRIED_IN = 12;

    @Inject ImportService imports;
    @Inject ImportRepository repository;
    @Inject Sample sample;
    @TempDir Path folder;

    @Test
    void every_reader_reads_or_refuses_whatever_is_in_the_file() throws IOException {
        Mutations mutations = new Mutations(5);
        int files = 0;
        int refused = 0;
        long rows = 0;
        long refusedRows = 0;
        for (Map.Entry<String, byte[]> one : samples().entrySet()) {
            for (int n = 0; n < READ; n++, files++) {
                byte[] bytes = one.getKey().contains("json") && n % 2 == 0 ? mutations.values(one.getValue()) : mutations.bytes(one.getValue());
                Path file = Files.write(folder.resolve("file"), bytes);
                try {
                    FileFormat format = FileSniffer.sniff(file, one.getKey());
                    List<FileRow> read = new ArrayList<>();
                    List<FileColumn> columns;
                    try (RowReader reader = RowReader.open(file, format, List.of())) {
                        for (Optional<FileRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                            read.add(row.get());
                        }
                        columns = ColumnGuess.guess(reader.columns(), read.stream().map(FileRow::fields).toList());
                    }
                    if (columns.stream().anyMatch(column -> column.use() == ColumnUse.TEXT)) {
                        RowCheck check = new RowCheck(columns);
                        rows += read.size();
                        refusedRows += read.stream().map(check::check).filter(row -> row.refusal() != null).count();
                    }
                } catch (UnreadableFile e) {
                    refused++;
                    assertTrue(e.getMessage().length() > 10, "a refusal is a sentence: " + e.getMessage());
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("%s, change %d: %s".formatted(one.getKey(), n, new String(bytes, StandardCharsets.UTF_8)), e);
                }
            }
        }
        System.out.printf("Text files: %,d changed files, %,d refused whole, %,d rows read, %,d of them refused%n", files, refused, rows, refusedRows);
        assertTrue(refused > 50 && refusedRows > 500, refused + " files, " + refusedRows + " rows");
    }

    @Test
    void what_goes_in_is_what_the_report_says_and_nothing_goes_in_of_a_refused_file() throws IOException {
        User manager = sample.person("manager");
        Mutations mutations = new Mutations(17);
        int carried = 0;
        int refused = 0;
        int failed = 0;
        for (Map.Entry<String, byte[]> one : samples().entrySet()) {
            for (int n = 0; n < CARRIED_IN; n++) {
                byte[] bytes = one.getKey().contains("json") && n % 3 != 0 ? mutations.values(one.getValue()) : mutations.bytes(one.getValue());
                long project = sample.project(manager, "Negative", "Positive");
                try {
                    DataImport draft = ActingAs.person(manager, () -> upload(project, one.getKey(), bytes));
                    ActingAs.person(manager, () -> {
                        imports.begin(project, draft.id());
                        return null;
                    });
                    Eventually.holds("the import ended", () -> repository.find(draft.id()).orElseThrow().finishedAt() != null);
                    DataImport done = repository.find(draft.id()).orElseThrow();
                    long rows = sample.number("select count(*) from item_row where project_id = ?", project);
                    if (done.state() == ImportState.DONE) {
                        carried++;
                        assertEquals(done.rowsRead(), done.rowsIn() + done.rowsRefused(), one.getKey() + " " + n);
                        assertTrue(rows <= done.rowsIn() && (done.rowsIn() == 0 || rows > 0), one.getKey() + " " + n);
                        assertEquals(done.rowsRefused(), sample.number("select count(*) from import_refusal where import_id = ?", draft.id()));
                    } else {
                        failed++;
                        assertTrue(done.error() != null && !done.error().startsWith("It failed"), one.getKey() + " " + n + ": " + done.error());
                        assertEquals(0, rows, "nothing of a file that failed: " + done.error());
                    }
                } catch (Refused e) {
                    refused++;
                    assertEquals(0, sample.number("select count(*) from data_import where project_id = ? and state <> 'DRAFT'", project));
                }
            }
        }
        System.out.printf("Imports: %d carried in and counted, %d refused at the door, %d refused whole%n", carried, refused, failed);
        assertTrue(carried > 20 && refused > 3, carried + " carried in, " + refused + " refused");
    }

    private DataImport upload(long project, String name, byte[] bytes) {
        try {
            return imports.uploadWhole(project, name, new ByteArrayInputStream(bytes), false, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> samples() throws IOException {
        Map<String, byte[]> samples = new LinkedHashMap<>();
        for (String name : List.of("label-studio.json", "doccano.jsonl", "prodigy.jsonl", "spacy.jsonl", "argilla.json")) {
            try (InputStream in = ImportFuzzTest.class.getResourceAsStream("/formats/" + name)) {
                samples.put(name, in.readAllBytes());
            }
        }
        List<ExportedRow> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(new ExportedRow("r" + i, "text, \"number\" " + i, i % 3 == 0 ? null : "Negative", i % 3 == 0 ? null : "label", i % 3 == 0 ? null : Origin.PERSON,
                    1f, List.of("ann"), Instant.EPOCH, 2.5, null, null, "{\"n\":" + i + "}", List.of()));
        }
        for (ExportFormat format : List.of(ExportFormat.CSV, ExportFormat.PARQUET, ExportFormat.HUGGING_FACE, ExportFormat.ARGILLA)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ExportWriter writer = ExportWriter.to(out, format, List.of("Negative", "Positive"))) {
                for (ExportedRow row : rows) {
                    writer.write(row);
                }
            }
            samples.put(format.word() + "." + format.ending(), out.toByteArray());
        }
        return samples;
    }
}
