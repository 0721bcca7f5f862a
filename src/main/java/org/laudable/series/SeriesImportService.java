package org.laudable.series;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.laudable.Refused;
import org.laudable.dataset.Uploads;
import org.laudable.engine.series.file.SeriesInputs;
import org.laudable.engine.series.file.SourcePlan;
import org.laudable.engine.series.file.SourceSniffer;
import org.laudable.engine.series.file.UnreadableSource;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.jobs.JobState;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;

/** Files of series that managers bring into a project: upload several, look, say what is what, let go, follow. */
@ApplicationScoped
public class SeriesImportService {
    private static final int MOST_FILES = 500;

    private final SeriesImportRepository imports;
    private final UploadedSeries uploaded;
    private final Uploads uploads;
    private final JobService jobs;
    private final ProjectAccess access;
    private final ProjectService projects;
    private final ProjectEvents news;
    private final CurrentUser currentUser;
    private final AuditLog audit;
    private final ObjectMapper json;
    private final DraftFiles drafts;

    SeriesImportService(SeriesImportRepository imports, UploadedSeries uploaded, Uploads uploads, JobService jobs, ProjectAccess access,
            ProjectService projects, ProjectEvents news, CurrentUser currentUser, AuditLog audit, ObjectMapper json, DraftFiles drafts) {
        this.imports = imports;
        this.uploaded = uploaded;
        this.uploads = uploads;
        this.jobs = jobs;
        this.access = access;
        this.projects = projects;
        this.news = news;
        this.currentUser = currentUser;
        this.audit = audit;
        this.json = json;
        this.drafts = drafts;
    }

    /** Takes a file as it arrives into the project's draft; a transfer that breaks off leaves nothing behind. */
    public SeriesImport upload(long projectId, String fileName, InputStream bytes) throws IOException {
        access.require(projectId, Role.MANAGER);
        if (projects.find(projectId).state() == ProjectState.ARCHIVED) {
            throw new Refused("The project is archived. Take it back from the archive before adding data.");
        }
        return take(() -> projectId, fileName, bytes);
    }

    /**
     * The same for a project that comes into being with its first file.
     *
     * @param created makes the project and gives its id; called once the file is there
     */
    public SeriesImport uploadFirst(LongSupplier created, String fileName, InputStream bytes) throws IOException {
        currentUser.require();
        return take(created, fileName, bytes);
    }

    private SeriesImport take(LongSupplier project, String fileName, InputStream bytes) throws IOException {
        Uploads.Stored file = uploads.store(bytes);
        try {
            if (file.bytes() == 0) {
                throw new Refused("The file '%s' is empty.".formatted(fileName));
            }
            long projectId = project.getAsLong();
            User user = access.require(projectId, Role.MANAGER);
            String shown = Uploads.shown(fileName);
            uploaded.entries(List.of(new ImportFile(0, shown, file.name(), file.bytes())), read -> { });
            return drafts.add(projectId, shown, file, MOST_FILES, user.id());
        } catch (IOException | RuntimeException e) {
            uploads.delete(file.name());
            throw e;
        }
    }

    /** The draft that waits in the project, if there is one, with a plan of what its files are. */
    public Optional<SeriesImport> draft(long projectId) {
        access.require(projectId, Role.MANAGER);
        Optional<SeriesImport> draft = imports.draft(projectId);
        while (draft.isPresent() && draft.get().plan().isEmpty()) { // again if another file has come meanwhile
            SeriesImport files = draft.get();
            imports.configure(files, sniffed(files), files.zone(), files.labels());
            draft = imports.draft(projectId);
        }
        return draft;
    }

    /** The first series of a draft, read this way. */
    public List<SeriesPreview> preview(long projectId, long importId, SourcePlan plan, ZoneId zone) {
        SeriesImport draft = manage(projectId, importId);
        try {
            return PreviewReader.read(new SeriesInputs(plan, uploaded.entries(draft.files(), read -> { }), zone));
        } catch (IOException | UnreadableSource e) {
            throw new Refused(e.getMessage());
        }
    }

    /**
     * Saves how a draft is to be read.
     *
     * @param seen the draft as the person saw it; refused if files came or went since
     */
    public void configure(SeriesImport seen, SourcePlan plan, ZoneId zone, KnownLabels labels) {
        manage(seen.projectId(), seen.id());
        if (imports.configure(seen, plan, zone, labels) == 0) {
            throw new Refused("The files have changed meanwhile, or are already being imported. Reload the page and look again.");
        }
    }

    /** Takes a file out of the draft; the last one takes the draft with it. */
    public void removeFile(long projectId, long importId, int fileId) {
        SeriesImport draft = manage(projectId, importId);
        drafts.remove(draft, fileId).ifPresent(file -> uploads.delete(file.storedAs()));
    }

    /** Drops a draft and its files. */
    public void discard(long projectId, long importId) {
        SeriesImport draft = manage(projectId, importId);
        if (imports.deleteDraft(importId) == 1) {
            draft.files().forEach(file -> uploads.delete(file.storedAs()));
        }
    }

    /** Lets a draft go in, in the background. Begun twice, it goes in once. */
    @Transactional
    public void begin(long projectId, long importId) {
        SeriesImport draft = manage(projectId, importId);
        if (draft.plan().isEmpty()) {
            imports.configure(draft, sniffed(draft), draft.zone(), draft.labels());
        }
        if (imports.begin(importId)) {
            submit(projectId, importId);
            audit.record("import.begun", "series-import:" + importId, projectId, Map.of("files", draft.files().size(), "bytes", draft.bytes()));
        }
    }

    /** Stops a running import; series that are in stay, the one on its way leaves nothing. */
    public void cancel(long projectId, long importId) {
        Optional.ofNullable(manage(projectId, importId).jobId()).ifPresent(job -> {
            jobs.cancel(job);
            if (jobs.find(job).filter(waiting -> waiting.state() == JobState.CANCELLED).isPresent()) {
                imports.cancelled(importId);
            }
        });
        news.publish(projectId, ProjectEvents.Kind.IMPORT);
    }

    /** Goes on with a failed or cancelled import: the series that are not there yet. */
    @Transactional
    public void resume(long projectId, long importId) {
        if (manage(projectId, importId).stopped()) {
            imports.reopen(importId);
            submit(projectId, importId);
        }
    }

    public SeriesImport find(long projectId, long importId) {
        return manage(projectId, importId);
    }

    /** Newest first. For reviewers and managers. */
    public List<SeriesImport> ofProject(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return imports.ofProject(projectId);
    }

    private SourcePlan sniffed(SeriesImport files) {
        try {
            return SourceSniffer.sniff(uploaded.entries(files.files(), read -> { }));
        } catch (IOException e) {
            throw new Refused("The files cannot be read: " + e.getMessage());
        }
    }

    private SeriesImport manage(long projectId, long importId) {
        access.require(projectId, Role.MANAGER);
        return imports.find(importId).filter(found -> found.projectId() == projectId)
                .orElseThrow(() -> new Refused("This import is not there any more. Reload the page."));
    }

    private void submit(long projectId, long importId) {
        long person = access.require(projectId, Role.MANAGER).id();
        imports.jobIs(importId, jobs.submit(SeriesImportJob.KIND, projectId, json.createObjectNode().put("importId", importId), person,
                JobPriority.BULK));
    }
}
