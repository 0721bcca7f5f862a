package org.laudable.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.EOFException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipException;
import javax.sql.DataSource;
import org.laudable.Refused;
import org.laudable.dataset.ImportState;
import org.laudable.dataset.Uploads;
import org.laudable.engine.series.file.ColumnRole;
import org.laudable.engine.series.file.SeriesInputs;
import org.laudable.engine.series.file.SourceColumn;
import org.laudable.engine.series.file.SourceEntry;
import org.laudable.engine.series.file.SourcePlan;
import org.laudable.engine.series.file.UnreadableSource;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;

/**
 * Carries files of series into the database, one series a transaction: a killed or cancelled import has whole series
 * only, and goes on with those that are not there yet. A series that cannot be taken is left out with the reason.
 */
@ApplicationScoped
class SeriesImportJob implements JobHandler {
    static final String KIND = "series.import";

    private final SeriesImportRepository imports;
    private final UploadedSeries uploaded;
    private final Uploads uploads;
    private final DataSource dataSource;
    private final ProjectEvents news;
    private final Event<SeriesAdded> added;

    SeriesImportJob(SeriesImportRepository imports, UploadedSeries uploaded, Uploads uploads, DataSource dataSource, ProjectEvents news,
            Event<SeriesAdded> added) {
        this.imports = imports;
        this.uploaded = uploaded;
        this.uploads = uploads;
        this.dataSource = dataSource;
        this.news = news;
        this.added = added;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) throws IOException, SQLException {
        Optional<SeriesImport> found = imports.find(job.payload().path("importId").asLong());
        if (found.isEmpty()) {
            return;
        }
        SeriesImport files = found.get();
        if (files.state() != ImportState.DONE) {
            imports.running(files.id());
            try {
                if (!carryIn(files, job)) {
                    if (imports.cancelled(files.id())) {
                        tell(files);
                    }
                    return;
                }
                imports.done(files.id());
            } catch (UnreadableSource | Refused e) {
                imports.failed(files.id(), e.getMessage());
                tell(files);
                return;
            }
        }
        files.files().forEach(file -> uploads.delete(file.storedAs()));
        tell(files);
    }

    @Override
    public void givenUp(JobContext job, String why) {
        imports.find(job.payload().path("importId").asLong()).filter(files -> files.state() != ImportState.DONE).ifPresent(files -> {
            imports.failed(files.id(), "It failed again and again: " + why);
            news.publish(files.projectId(), ProjectEvents.Kind.IMPORT);
        });
    }

    /** Whether the files came to their end. */
    private boolean carryIn(SeriesImport files, JobContext job) throws IOException, SQLException, UnreadableSource {
        AtomicLong read = new AtomicLong();
        List<SourceEntry> entries = uploaded.entries(files.files(), read::addAndGet);
        SourcePlan plan = files.plan().orElseThrow(() -> new UnreadableSource("Nobody has said how the files are to be read."));
        SeriesInputs inputs = new SeriesInputs(plan, entries, files.zone());
        List<SourcePlan.RefusedFile> refused = new ArrayList<>(plan.refused());
        Set<String> there = new HashSet<>(imports.namesOf(files.id(), files.projectId()));
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                for (SeriesInputs.Unit unit : inputs.units()) {
                    if (job.cancelled() || !unit(unit, inputs, files, job, connection, there, refused, read)) {
                        return false;
                    }
                    imports.progress(files.id(), refused);
                    news.publish(files.projectId(), ProjectEvents.Kind.IMPORT);
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        imports.progress(files.id(), refused);
        if (there.isEmpty()) {
            throw new UnreadableSource("No series went in. The reasons are listed with each file.");
        }
        return true;
    }

    private boolean unit(SeriesInputs.Unit unit, SeriesInputs inputs, SeriesImport files, JobContext job, Connection connection, Set<String> there,
            List<SourcePlan.RefusedFile> refused, AtomicLong read) throws IOException, SQLException {
        if (there.contains(unit.name())) {
            return true;
        }
        List<String> units = unit.group().columns().stream().filter(column -> column.role() == ColumnRole.CHANNEL).map(SourceColumn::unit).toList();
        SeriesIntake intake = new SeriesIntake(connection,
                new SeriesIntake.Target(files.projectId(), files.id(), files.zone().getId(), files.labels(), units), points -> {
            job.progress(Math.min(read.get(), files.bytes()), files.bytes(), "%s: %,d points; %,d series are in".formatted(unit.name(), points, there.size()));
            return !job.cancelled();
        });
        try {
            for (SeriesInputs.Input input : inputs.inputs(unit)) {
                if (!there.contains(input.name())) {
                    try {
                        if (intake.take(input) == null) {
                            return false;
                        }
                        there.add(input.name());
                    } catch (UnreadableSource e) {
                        refused.add(new SourcePlan.RefusedFile(input.name().equals(unit.name()) ? unit.path() : input.name(), e.getMessage()));
                    }
                }
            }
        } catch (UnreadableSource e) {
            refused.add(new SourcePlan.RefusedFile(unit.path(), e.getMessage()));
        } catch (ZipException | EOFException e) {
            refused.add(new SourcePlan.RefusedFile(unit.path(), "The compressed file is damaged."));
        }
        return true;
    }

    private void tell(SeriesImport files) {
        news.publish(files.projectId(), ProjectEvents.Kind.IMPORT);
        added.fire(new SeriesAdded(files.projectId(), files.id()));
    }
}
