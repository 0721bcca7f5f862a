package org.laudable.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.laudable.Refused;
import org.laudable.dataset.file.ColumnGuess;
import org.laudable.dataset.file.ColumnUse;
import org.laudable.dataset.file.FileColumn;
import org.laudable.dataset.file.FileFormat;
import org.laudable.dataset.file.FileRow;
import org.laudable.dataset.file.FileSniffer;
import org.laudable.dataset.file.RowReader;
import org.laudable.dataset.file.UnreadableFile;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.jobs.JobState;
import org.laudable.live.ProjectEvents;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.CurrentUser;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/** Files that managers bring into a project: upload, look, say what is what, let go, follow. */
@ApplicationScoped
public class ImportService {
    private static final int SHOWN_ROWS = 20;
    private static final int SAMPLE_ROWS = 1_000;
    private static final int MOST_LABEL_VALUES = 1_000;

    private final ImportRepository imports;
    private final Uploads uploads;
    private final JobService jobs;
    private final ProjectAccess access;
    private final ProjectService projects;
    private final ProjectEvents events;
    private final CurrentUser currentUser;
    private final AuditLog audit;
    private final ObjectMapper json;

    ImportService(ImportRepository imports, Uploads uploads, JobService jobs, ProjectAccess access, ProjectService projects,
            ProjectEvents events, CurrentUser currentUser, AuditLog audit, ObjectMapper json) {
        this.imports = imports;
        this.uploads = uploads;
        this.jobs = jobs;
        this.access = access;
        this.projects = projects;
        this.events = events;
        this.currentUser = currentUser;
        this.audit = audit;
        this.json = json;
    }

    /**
     * Takes a file as it arrives and makes a draft of it, with a guess of its format and columns. A transfer that breaks
     * off, or a file that cannot be read, leaves nothing behind.
     *
     * @throws Refused if it is too large, empty, binary, or of a kind that cannot be imported
     */
    public DataImport upload(long projectId, String fileName, InputStream bytes) throws IOException {
        access.require(projectId, Role.MANAGER);
        if (projects.find(projectId).state() == ProjectState.ARCHIVED) {
            throw new Refused("The project is archived. Take it back from the archive before adding data.");
        }
        return take(() -> projectId, fileName, bytes);
    }

    /**
     * The same for a project that comes into being with its first file.
     *
     * @param created makes the project and gives its id; called once the file is there and can be read
     */
    public DataImport uploadFirst(LongSupplier created, String fileName, InputStream bytes) throws IOException {
        currentUser.require();
        return take(created, fileName, bytes);
    }

    /**
     * Takes JSON lines as they arrive and makes a draft of them: {@code text} is the text, {@code id} the id, {@code label}
     * the label, everything else metadata.
     *
     * @throws Refused if there are no lines, no text in the first of them, or they are too large
     */
    public DataImport uploadLines(long projectId, InputStream bytes, boolean refuseAll, boolean useLabels) throws IOException {
        User user = access.require(projectId, Role.MANAGER);
        Project project = projects.find(projectId);
        if (project.kind() != ProjectKind.TEXT) {
            throw new Refused("This project has series. Send its points to the series.");
        }
        if (project.state() == ProjectState.ARCHIVED) {
            throw new Refused("The project is archived. Take it back from the archive before adding data.");
        }
        Uploads.Stored file = uploads.store(bytes);
        try {
            FileFormat format = FileFormat.jsonLines("UTF-8");
            List<FileColumn> columns = preview(file.name(), format).columns().stream().map(column -> column.usedAs(switch (column.name()) {
                case "text" -> ColumnUse.TEXT;
                case "id" -> ColumnUse.ID;
                case "label" -> ColumnUse.LABEL;
                default -> ColumnUse.METADATA;
            })).toList();
            if (columns.stream().noneMatch(column -> column.use() == ColumnUse.TEXT)) {
                throw new Refused("None of the first 1,000 lines is a JSON object with the field 'text'.");
            }
            ImportChoices choices = new ImportChoices(format, columns, refuseAll, useLabels);
            long draft = imports.insertDraft(projectId, "REST", file, choices, user.id());
            imports.configure(draft, choices); // a draft begins without them
            return imports.find(draft).orElseThrow();
        } catch (UnreadableFile e) {
            uploads.delete(file.name());
            throw new Refused("There are no lines in the request.");
        } catch (IOException | RuntimeException e) {
            uploads.delete(file.name());
            throw e;
        }
    }

    /**
     * Takes a file of any kind that can be imported, in the way the preview would propose.
     *
     * @throws Refused also if no column holds texts
     */
    public DataImport uploadWhole(long projectId, String fileName, InputStream bytes, boolean refuseAll, boolean useLabels) throws IOException {
        access.require(projectId, Role.MANAGER);
        if (projects.find(projectId).kind() != ProjectKind.TEXT) {
            throw new Refused("This project has series. Send its points to the series.");
        }
        DataImport draft = upload(projectId, fileName, bytes);
        if (draft.column(ColumnUse.TEXT).isEmpty()) {
            discard(projectId, draft.id());
            throw new Refused("No column of '%s' looks like texts. Name it 'text', or import the file on the page.".formatted(draft.fileName()));
        }
        imports.configure(draft.id(), new ImportChoices(draft.format(), draft.columns(), refuseAll, useLabels));
        return imports.find(draft.id()).orElseThrow();
    }

    private DataImport take(LongSupplier project, String fileName, InputStream bytes) throws IOException {
        Uploads.Stored file = uploads.store(bytes);
        try {
            FileFormat format = FileSniffer.sniff(uploads.file(file.name()), fileName);
            FilePreview preview = preview(file.name(), format);
            ImportChoices choices = new ImportChoices(format, preview.columns(), false, false);
            String shownName = Uploads.shown(fileName);
            long projectId = project.getAsLong();
            User user = access.require(projectId, Role.MANAGER);
            return imports.find(imports.insertDraft(projectId, shownName, file, choices, user.id())).orElseThrow();
        } catch (UnreadableFile e) {
            uploads.delete(file.name());
            throw new Refused(e.getMessage());
        } catch (IOException | RuntimeException e) {
            uploads.delete(file.name());
            throw e;
        }
    }

    /** The draft's first rows, read in this format. */
    public FilePreview preview(long projectId, long importId, FileFormat format) {
        DataImport draft = manage(projectId, importId);
        try {
            return preview(draft.storedAs(), format);
        } catch (IOException | UnreadableFile e) {
            throw new Refused(e.getMessage());
        }
    }

    /** Saves how the draft is to be read. */
    public void configure(long projectId, long importId, ImportChoices choices) {
        manage(projectId, importId);
        for (ColumnUse single : ColumnUse.values()) {
            if (single.single() && choices.columns().stream().filter(column -> column.use() == single).count() > 1) {
                throw new Refused("Only one column can hold the %s. Set the others to metadata or ignored.".formatted(switch (single) {
                    case TEXT -> "text";
                    case ID -> "id";
                    case LABEL -> "label";
                    case SUGGESTION -> "suggestion";
                    case SUGGESTION_SCORE -> "suggestion's confidence";
                    default -> "suggestion's source";
                }));
            }
        }
        if (imports.configure(importId, choices) == 0) {
            throw new Refused("This file is already being imported; its columns cannot be changed any more.");
        }
    }

    /**
     * All values of the label column, the most frequent first; reads the whole file.
     *
     * @throws Refused if there is no label column, or it has more than 1,000 values
     */
    public List<LabelValue> labelValues(long projectId, long importId) {
        DataImport draft = manage(projectId, importId);
        int label = draft.columns().stream().map(FileColumn::use).toList().indexOf(ColumnUse.LABEL);
        if (label < 0) {
            throw new Refused("No column of this file is marked as the label. Go back to the data and mark it.");
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        try (RowReader reader = open(draft)) {
            for (Optional<FileRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                List<String> fields = row.get().fields();
                if (row.get().problem() == null && fields.size() == draft.columns().size() && !fields.get(label).isBlank()) {
                    counts.merge(fields.get(label).strip(), 1L, Long::sum);
                    if (counts.size() > MOST_LABEL_VALUES) {
                        throw new Refused("The column '%s' has more than 1,000 different values. Is it really the label?"
                                .formatted(draft.columns().get(label).name()));
                    }
                }
            }
        } catch (IOException | UnreadableFile e) {
            throw new Refused(e.getMessage());
        }
        return counts.entrySet().stream().map(entry -> new LabelValue(entry.getKey(), entry.getValue()))
                .sorted((a, b) -> Long.compare(b.rows(), a.rows())).toList();
    }

    /** Lets a draft go in, in the background. Begun twice, it goes in once. */
    @Transactional
    public void begin(long projectId, long importId) {
        DataImport draft = manage(projectId, importId);
        if (draft.column(ColumnUse.TEXT).isEmpty()) {
            throw new Refused("Say which column of '%s' holds the text.".formatted(draft.fileName()));
        }
        if (!imports.begin(importId)) {
            return;
        }
        submit(projectId, importId);
        audit.record("import.begun", "import:" + importId, projectId, Map.of("file", draft.fileName(), "bytes", draft.bytes()));
    }

    /** Stops a running import at the next batch; the rows that are in stay. */
    public void cancel(long projectId, long importId) {
        Optional.ofNullable(manage(projectId, importId).jobId()).ifPresent(job -> {
            jobs.cancel(job);
            if (jobs.find(job).filter(waiting -> waiting.state() == JobState.CANCELLED).isPresent()) {
                imports.cancelled(importId);
            }
        });
        events.publish(projectId, ProjectEvents.Kind.IMPORT);
    }

    /** Goes on with a failed or cancelled import where it stopped. */
    @Transactional
    public void resume(long projectId, long importId) {
        if (manage(projectId, importId).stopped()) {
            imports.reopen(importId);
            submit(projectId, importId);
        }
    }

    /** Lets the good rows of a file go in that was refused as a whole. */
    @Transactional
    public void resumeWithGoodRows(long projectId, long importId) {
        if (manage(projectId, importId).stopped()) {
            imports.reopenForGoodRows(importId);
            submit(projectId, importId);
        }
    }

    /** Drops a draft and its file. */
    public void discard(long projectId, long importId) {
        DataImport draft = manage(projectId, importId);
        if (imports.deleteDraft(importId) == 1) {
            uploads.delete(draft.storedAs());
        }
    }

    public DataImport find(long projectId, long importId) {
        return manage(projectId, importId);
    }

    /** Newest first. For reviewers and managers. */
    public List<DataImport> ofProject(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return imports.ofProject(projectId);
    }

    /** The next refused rows after a line of the file. */
    public List<Refusal> refusals(long projectId, long importId, long afterRow, int limit) {
        manage(projectId, importId);
        return imports.refusals(importId, afterRow, limit);
    }

    private DataImport manage(long projectId, long importId) {
        access.require(projectId, Role.MANAGER);
        return imports.find(importId).filter(found -> found.projectId() == projectId)
                .orElseThrow(() -> new OutOfReach("This import is not there any more. Reload the page."));
    }

    private void submit(long projectId, long importId) {
        long person = access.require(projectId, Role.MANAGER).id();
        imports.jobIs(importId, jobs.submit(ImportJob.KIND, projectId, json.createObjectNode().put("importId", importId),
                person, JobPriority.BULK));
    }

    private FilePreview preview(String storedAs, FileFormat format) throws IOException, UnreadableFile {
        try (RowReader reader = RowReader.open(uploads.file(storedAs), format, List.of())) {
            List<FileRow> rows = new ArrayList<>();
            for (Optional<FileRow> row = reader.next(); row.isPresent() && rows.size() < SAMPLE_ROWS; row = reader.next()) {
                rows.add(row.get());
            }
            if (rows.isEmpty()) {
                throw new UnreadableFile(format.header() ? "The file has a header but no rows." : "The file has no rows.");
            }
            List<FileColumn> columns = ColumnGuess.guess(reader.columns(), rows.stream().map(FileRow::fields).toList());
            boolean whole = rows.size() < SAMPLE_ROWS || reader.rows().isPresent();
            double share = Math.max(1, reader.bytesRead()) / (double) Math.max(1, Files.size(uploads.path(storedAs)));
            long items = whole ? reader.rows().orElse(rows.size()) : Math.max(rows.size(), Math.round(rows.size() / share));
            return new FilePreview(format, columns, List.copyOf(rows.subList(0, Math.min(SHOWN_ROWS, rows.size()))), items, whole);
        }
    }

    private RowReader open(DataImport file) throws IOException, UnreadableFile {
        return RowReader.open(uploads.file(file.storedAs()), file.format(),
                file.columns().stream().map(FileColumn::name).toList());
    }
}
