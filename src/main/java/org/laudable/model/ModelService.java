package org.laudable.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.laudable.Refused;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.Runs;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.UnusableBundle;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/** Models of a project as files: made, fetched, and loaded as the start of a run. For managers; each step is on record. */
@ApplicationScoped
public class ModelService {
    private static final String NEWEST = "newest";
    private static final int WAIT_SECONDS = 20;

    private final BundleStore store;
    private final Instance<ModelPort> ports;
    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final Runs runs;
    private final JobService jobs;
    private final ProjectEvents events;
    private final AuditLog log;
    private final Semaphore loading = new Semaphore(1, true);

    ModelService(BundleStore store, @Any Instance<ModelPort> ports, ProjectAccess access, ProjectDirectory projects, Runs runs, JobService jobs,
            ProjectEvents events, AuditLog log) {
        this.store = store;
        this.ports = ports;
        this.access = access;
        this.projects = projects;
        this.runs = runs;
        this.jobs = jobs;
        this.events = events;
        this.log = log;
    }

    /** The newest model, with or without a file, then the older ones that have one. */
    @Transactional
    public List<KeptModel> list(long projectId) {
        access.require(projectId, Role.MANAGER);
        Optional<String> newest = newest(projectId).map(ModelVersion::toString);
        List<KeptModel> models = new ArrayList<>();
        for (BundleStore.Row row : store.own(projectId)) {
            boolean first = newest.filter(row.version()::equals).isPresent();
            models.add(first ? 0 : models.size(), new KeptModel(row.version(), row.state(), first, row.bytes(), row.sha256(),
                    row.state() == KeptModel.State.FAILED ? row.error() : null, row.createdAt()));
        }
        if (newest.isPresent() && (models.isEmpty() || !models.getFirst().newest())) {
            models.addFirst(new KeptModel(newest.get(), KeptModel.State.AVAILABLE, true, null, null, null, null));
        }
        return models;
    }

    private Optional<ModelVersion> newest(long projectId) {
        return BundleJob.port(ports, projects, projectId).newest(projectId);
    }

    /**
     * Has the newest model made into a file; does nothing more where that is done or going on.
     *
     * @throws Refused if there is no model yet
     */
    @Transactional
    public KeptModel order(long projectId) {
        User person = access.require(projectId, Role.MANAGER);
        ModelVersion version = newest(projectId)
                .orElseThrow(() -> new Refused("There is no model yet. Start a run, and ask again once its first round has begun."));
        Optional<BundleStore.Row> there = store.own(projectId).stream().filter(row -> row.version().equals(version.toString())).findFirst();
        if (there.isEmpty() || there.get().state() == KeptModel.State.FAILED) {
            long bundle = there.map(BundleStore.Row::id).orElseGet(() -> store.insert(projectId, "OWN", version.toString(), person.id()));
            store.job(bundle, jobs.submit(BundleJob.KIND, projectId, JsonNodeFactory.instance.objectNode().put("bundle", bundle), person.id(), JobPriority.NORMAL));
            log.record("model.saved", "model:" + version, projectId, Map.of());
        }
        return list(projectId).getFirst();
    }

    /** What a kept model is worth. @throws OutOfReach if there is no such file */
    @Transactional
    public ModelCard card(long projectId, String version) {
        return store.card(whole(projectId, version).id()).orElseThrow(() -> new OutOfReach("There is no such model."));
    }

    /** The card as Markdown. */
    @Transactional
    public String cardText(long projectId, String version) {
        return CardText.of(card(projectId, version));
    }

    private BundleStore.Row whole(long projectId, String version) {
        access.require(projectId, Role.MANAGER);
        BundleStore.Row row = store.own(projectId).stream()
                .filter(one -> one.version().equals(version) || version.equals(NEWEST) && one.bytes() != null).findFirst()
                .orElseThrow(() -> new OutOfReach("There is no such model."));
        if (row.bytes() == null) {
            throw new Refused("The model's file is not made yet. Ask for its state, and fetch it when that is READY.");
        }
        return row;
    }

    /** A file to fetch. */
    public record Download(String fileName, long bytes, String sha256, Content content) {
        /** Writes it, piece by piece. */
        public interface Content {
            void copy(OutputStream to) throws IOException;
        }
    }

    /** A kept model's file; that it was fetched is on record. @throws Refused while it is not whole */
    @Transactional
    public Download open(long projectId, String version) {
        BundleStore.Row row = whole(projectId, version);
        log.record("model.downloaded", "model:" + row.version(), projectId, Map.of("sha256", row.sha256(), "bytes", row.bytes()));
        String name = projects.get(projectId).name().replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
        return new Download("%s-model-%s.zip".formatted(name.isEmpty() ? "project" : name, row.version()), row.bytes(), row.sha256(),
                to -> store.copy(row.id(), to));
    }

    /** What the project's next run begins with; empty: nothing. */
    @Transactional
    public Optional<LoadedStart> start(long projectId) {
        access.require(projectId, Role.MANAGER);
        return store.start(projectId);
    }

    /**
     * Takes a model file as the start of the project's next run, in place of the one before.
     *
     * @throws Refused if a run goes on, or nothing of the file fits the project
     */
    public LoadedStart load(long projectId, InputStream bytes) throws IOException {
        User person = access.require(projectId, Role.MANAGER);
        checkIdle(projectId);
        Path file = store.temporary();
        try {
            receive(bytes, file);
            try (OneAtATime turn = turn(); BundleFile bundle = BundleFile.open(file)) {
                Project project = projects.get(projectId);
                if (!project.kind().name().equals(bundle.manifest().kind())) {
                    throw new Refused(project.kind() == org.laudable.project.ProjectKind.TEXT ? "This is a model of series; the project has texts."
                            : "This is a model of texts; the project has series.");
                }
                ModelPort port = BundleJob.port(ports, projects, projectId);
                StartReport report = port.check(projectId, bundle);
                QuarkusTransaction.requiringNew().run(() -> begin(projectId, person, file, bundle, port, report));
            }
        } catch (UnusableBundle e) {
            throw new Refused(e.getMessage());
        } finally {
            Files.deleteIfExists(file);
        }
        events.publish(projectId, ProjectEvents.Kind.RUN);
        return store.start(projectId).orElseThrow();
    }

    private interface OneAtATime extends AutoCloseable {
        @Override
        void close();
    }

    /** A model is wholly in memory while it is checked. */
    private OneAtATime turn() {
        try {
            if (!loading.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Refused("Another model is being loaded just now. Try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("The loading of the model was stopped.");
        }
        return loading::release;
    }

    private void begin(long projectId, User person, Path file, BundleFile bundle, ModelPort port, StartReport report) {
        try {
            Optional<LoadedStart> before = store.start(projectId);
            long id = store.insert(projectId, "START", bundle.manifest().version(), person.id());
            store.save(id, file, bundle.manifest(), Optional.empty());
            store.begin(projectId, id, report, person.id());
            port.started(projectId, Optional.of(bundle));
            checkIdle(projectId);
            String sha256 = store.start(projectId).orElseThrow().sha256();
            log.record("model.loaded", "project:" + projectId, projectId, Map.of("from", bundle.manifest().project(), "version", bundle.manifest().version(),
                    "sha256", sha256, "matched", report.matched().size(), "before", before.map(LoadedStart::sha256).orElse("none")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnusableBundle e) {
            throw new Refused(e.getMessage());
        }
    }

    private static void receive(InputStream bytes, Path into) throws IOException {
        long size = 0;
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(into)) {
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                size += read;
                if (size > BundleFile.MOST_PACKED_BYTES) {
                    throw new Refused("The file has more than %d MB, too many for a model.".formatted(BundleFile.MOST_PACKED_BYTES >> 20));
                }
                out.write(buffer, 0, read);
            }
        }
    }

    /** The project's next run begins without a model again. */
    @Transactional
    public void unload(long projectId) {
        access.require(projectId, Role.MANAGER);
        checkIdle(projectId);
        LoadedStart before = store.start(projectId).orElseThrow(() -> new Refused("No model is loaded."));
        try {
            BundleJob.port(ports, projects, projectId).started(projectId, Optional.empty());
        } catch (IOException | UnusableBundle e) {
            throw new IllegalStateException(e);
        }
        store.end(projectId);
        log.record("model.unloaded", "project:" + projectId, projectId, Map.of("from", before.project(), "sha256", before.sha256()));
        events.publish(projectId, ProjectEvents.Kind.RUN);
    }

    /** A run's start is fixed when it begins. */
    private void checkIdle(long projectId) {
        if (runs.current(projectId).filter(run -> !run.state().ended()).isPresent()) {
            throw new Refused("A run is going on. Stop or finish it first; the next one begins with the model.");
        }
    }
}
