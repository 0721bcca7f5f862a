package org.laudable.loop;

import java.util.List;
import org.laudable.project.ProjectKind;

/** Asks the newest model of one kind of project. The loops implement it; each call checks access. */
public interface PredictPort {
    ProjectKind kind();

    /** One of the lists is empty: the one that is not of this kind. */
    Predictions predict(long projectId, List<String> texts, List<Predictions.Window> windows);
}
