package org.laudable.project;

import org.laudable.live.ProjectEvents;

/** Fired inside the changing transaction; open pages hear of it once that has committed. */
record ProjectChanged(long projectId, ProjectEvents.Kind kind) {}
