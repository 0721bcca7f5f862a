package org.laudable.model;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.BundleWriter;
import org.laudable.model.file.Manifest;
import org.laudable.project.ProjectDirectory;

/** Makes the file of a project's newest model and keeps it in the database. */
@ApplicationScoped
class BundleJob implements JobHandler {
    static final String KIND = "model.bundle";

    private final BundleStore store;
    private final Instance<ModelPort> ports;
    private final ProjectDirectory projects;
    private final ProjectEvents events;

    BundleJob(BundleStore store, @Any Instance<ModelPort> ports, ProjectDirectory projects, ProjectEvents events) {
        this.store = store;
        this.ports = ports;
        this.projects = projects;
        this.events = events;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) throws Exception {
        long bundle = job.payload().path("bundle").asLong();
        long project = job.projectId();
        Path file = store.temporary();
        try {
            ModelPort.Written written;
            try (OutputStream out = Files.newOutputStream(file); BundleWriter writer = new BundleWriter(out)) {
                written = write(project, writer, job);
            }
            if (Files.size(file) > BundleFile.MOST_PACKED_BYTES) {
                throw new Refused("The model has %,d MB, more than the %,d MB a file may have.".formatted(Files.size(file) >> 20, BundleFile.MOST_PACKED_BYTES >> 20));
            }
            QuarkusTransaction.requiringNew().run(() -> save(bundle, project, file, written));
        } finally {
            Files.deleteIfExists(file);
            events.publish(project, ProjectEvents.Kind.RUN);
        }
    }

    private ModelPort.Written write(long project, BundleWriter writer, JobContext job) throws IOException {
        ModelPort port = port(ports, projects, project);
        ModelPort.Written written = port.write(project, writer, job::progress);
        writer.part(Manifest.CARD, "The model card for programs", out -> out.write(BundleWriter.JSON.writeValueAsBytes(written.card())));
        writer.part(Manifest.CARD_TEXT, "The model card for people", out -> out.write(CardText.of(written.card()).getBytes(StandardCharsets.UTF_8)));
        return new ModelPort.Written(written.version(), writer.finish(written.manifest()), written.card());
    }

    private void save(long bundle, long project, Path file, ModelPort.Written written) {
        try {
            if (store.rename(bundle, project, written.version().toString())) {
                store.save(bundle, file, written.manifest(), Optional.of(written.card()));
                store.dropOld(project);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ModelPort port(Instance<ModelPort> ports, ProjectDirectory projects, long projectId) {
        return ports.stream().filter(port -> port.kind() == projects.get(projectId).kind()).findFirst()
                .orElseThrow(() -> new Refused("Models of this kind of project cannot be saved as files."));
    }
}
