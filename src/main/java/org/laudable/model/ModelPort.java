package org.laudable.model;

import java.io.IOException;
import java.util.Optional;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.BundleWriter;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.UnusableBundle;
import org.laudable.project.ProjectKind;

/** Models of one kind of project. The loops implement it; {@link ModelService} and its job check access. */
public interface ModelPort {
    ProjectKind kind();

    /** The newest model there is; empty while there is none. Cheap. */
    Optional<ModelVersion> newest(long projectId);

    /**
     * Writes the newest model's parts; may take seconds, and trains nothing on what measures it.
     *
     * @param progress told what is being written
     */
    Written write(long projectId, BundleWriter to, Progress progress) throws IOException;

    /** @param manifest without parts */
    record Written(ModelVersion version, Manifest manifest, ModelCard card) {}

    /** Told how far the writing is. */
    interface Progress {
        void at(long done, long total, String what);
    }

    /**
     * Reads all of a file as a run will, and says what of it fits a project.
     *
     * @throws UnusableBundle if nothing of it fits
     */
    StartReport check(long projectId, BundleFile file) throws IOException, UnusableBundle;

    /** A file has become, or is no longer, what the project's next run begins with. In the caller's transaction. */
    void started(long projectId, Optional<BundleFile> file) throws IOException, UnusableBundle;
}
