package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.laudable.labeling.Resolutions;
import org.laudable.labeling.ResolvedItem;

/** Labels by a model between two ids, never more than the sweep's cap over all workers together. */
@ApplicationScoped
class SweepLabels {
    private final SweepTexts texts;
    private final SweepRepository sweeps;
    private final Resolutions resolutions;

    SweepLabels(SweepTexts texts, SweepRepository sweeps, Resolutions resolutions) {
        this.texts = texts;
        this.sweeps = sweeps;
        this.resolutions = resolutions;
    }

    /** Returns how many texts got a label. */
    @Transactional(Transactional.TxType.MANDATORY)
    int assign(Sweep sweep, long after, long upTo) {
        List<ResolvedItem> items = texts.toLabel(sweep, after, upTo);
        if (sweep.cap() == null) {
            return resolutions.assignByModel(sweep.projectId(), sweep.runId(), sweep.modelVersion(), items);
        }
        long room = sweep.cap() - sweeps.lock(sweep.id()).orElseThrow().written(); // others wait here until this page is committed
        return resolutions.assignByModel(sweep.projectId(), sweep.runId(), sweep.modelVersion(), items.subList(0, (int) Math.clamp(room, 0, items.size())));
    }
}
