package org.laudable.loop;

import java.util.Optional;
import org.laudable.project.ProjectKind;

/** What programs do with a run of one kind of project. The loops implement it; each call checks access. */
public interface RunPort {
    ProjectKind kind();

    /** Starts a run with the project's settings; returns its id. */
    long start(long projectId);

    /** Asks no more questions and ends well. */
    void finish(long projectId);

    /** The unfinished run, else the newest. */
    Optional<RunStatus> status(long projectId);
}
