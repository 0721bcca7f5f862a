package org.laudable.dataset;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.laudable.Refused;
import org.laudable.dataset.file.FileColumn;
import org.laudable.dataset.file.FileFormat;
import org.laudable.dataset.file.FileRow;
import org.laudable.dataset.file.RowCheck;
import org.laudable.dataset.file.RowReader;
import org.laudable.dataset.file.UnreadableFile;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectDirectory;

/**
 * Carries a file into the database, batch by batch. Each batch commits its rows together with the position in the file,
 * so a killed import goes on with the row after; an all-or-nothing import is one transaction and begins anew.
 */
@ApplicationScoped
class ImportJob implements JobHandler {
    static final String KIND = "dataset.import";
    private static final int BATCH_ROWS = 20_000;
    private static final int BATCH_CHARACTERS = 16_000_000;

    private final ImportRepository imports;
    private final Uploads uploads;
    private final ProjectDirectory projects;
    private final DataSource dataSource;
    private final ProjectEvents events;
    private final Event<ItemsAdded> itemsAdded;
    private final Counter rows;

    ImportJob(ImportRepository imports, Uploads uploads, ProjectDirectory projects, DataSource dataSource,
            ProjectEvents events, Event<ItemsAdded> itemsAdded, MeterRegistry registry) {
        this.rows = registry.counter("laudable.import.rows");
        this.imports = imports;
        this.uploads = uploads;
        this.projects = projects;
        this.dataSource = dataSource;
        this.events = events;
        this.itemsAdded = itemsAdded;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) throws IOException, SQLException {
        long importId = job.payload().path("importId").asLong();
        Optional<DataImport> found = imports.find(importId);
        if (found.isEmpty()) {
            return;
        }
        DataImport file = found.get();
        if (file.state() != ImportState.DONE) {
            imports.running(importId);
            try {
                if (!carryIn(file, job)) {
                    if (imports.cancelled(importId)) {
                        tell(file);
                    }
                    return;
                }
            } catch (UnreadableFile | Refused e) {
                imports.failed(importId, e.getMessage());
                tell(file);
                return;
            }
        }
        uploads.delete(file.storedAs());
        tell(file);
    }

    @Override
    public void givenUp(JobContext job, String why) {
        imports.find(job.payload().path("importId").asLong()).filter(file -> file.state() != ImportState.DONE).ifPresent(file -> {
            imports.failed(file.id(), "It failed again and again: " + why);
            events.publish(file.projectId(), ProjectEvents.Kind.IMPORT);
        });
    }

    /** Whether the file came to its end. */
    private boolean carryIn(DataImport file, JobContext job) throws IOException, SQLException, UnreadableFile {
        if (file.rowsRead() == 0 && file.format().kind() != FileFormat.Kind.JSONL) {
            lookThrough(file); // lines of JSON cannot break off: a bad one spoils no other
        }
        RowCheck check = new RowCheck(file.columns());
        boolean told = file.rowsRead() > 0;
        try (RowReader reader = RowReader.open(uploads.file(file.storedAs()), file.format(), names(file));
                ImportTarget target = new ImportTarget(dataSource.getConnection(), file, classes(file.projectId()),
                        projects.get(file.projectId()).seed())) {
            skip(reader, file.rowsRead());
            try (RowsAhead ahead = new RowsAhead(reader, check)) {
                RowsAhead.Packet packet = ahead.next();
                if (packet.rows().isEmpty() && file.rowsRead() == 0) {
                    throw new UnreadableFile("The file has no rows.");
                }
                while (!packet.rows().isEmpty()) {
                    long characters = 0;
                    long bytes = 0;
                    for (int n = 0; !packet.rows().isEmpty() && n < BATCH_ROWS && characters < BATCH_CHARACTERS; packet = ahead.next()) {
                        for (RowsAhead.Row row : packet.rows()) {
                            characters += target.take(row.read(), row.checked());
                        }
                        n += packet.rows().size();
                        bytes = packet.bytesRead();
                    }
                    long before = target.rowsRead();
                    target.flush();
                    rows.increment(target.rowsRead() - before);
                    job.progress(bytes, file.bytes(), "%,d rows read, %,d refused".formatted(target.rowsRead(), target.rowsRefused()));
                    events.publish(file.projectId(), ProjectEvents.Kind.IMPORT);
                    if (!told && !file.refuseAll()) {
                        told = true;
                        tell(file);
                    }
                    if (job.cancelled()) {
                        return false;
                    }
                }
            }
            target.finish();
            return true;
        }
    }

    /** Reads the file to its end before the first row goes in, so that nothing goes in of one that breaks off. */
    private void lookThrough(DataImport file) throws IOException, UnreadableFile {
        try (RowReader reader = RowReader.open(uploads.file(file.storedAs()), file.format(), names(file))) {
            Optional<FileRow> row = reader.next();
            while (row.isPresent()) {
                row = reader.next();
            }
        }
    }

    private static List<String> names(DataImport file) {
        return file.columns().stream().map(FileColumn::name).toList();
    }

    private static void skip(RowReader reader, long rows) throws IOException, UnreadableFile {
        for (long n = 0; n < rows; n++) {
            if (reader.next().isEmpty()) {
                return;
            }
        }
    }

    private Map<String, Long> classes(long projectId) {
        Map<String, Long> byName = new HashMap<>();
        projects.classes(projectId).stream().filter(c -> !c.retired())
                .forEach(c -> byName.put(c.name().toLowerCase(Locale.ROOT), c.id()));
        return byName;
    }

    private void tell(DataImport file) {
        events.publish(file.projectId(), ProjectEvents.Kind.IMPORT);
        itemsAdded.fire(new ItemsAdded(file.projectId(), file.id()));
    }
}
