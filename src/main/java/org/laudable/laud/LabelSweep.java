package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The certified model's labels, from what it said already. */
@ApplicationScoped
class LabelSweep implements SweepWork {
    private static final int PAGE = 5_000;

    private final SweepTexts texts;
    private final SweepLabels labels;

    LabelSweep(SweepTexts texts, SweepLabels labels) {
        this.texts = texts;
        this.labels = labels;
    }

    @Override
    public boolean serves(Sweep.Kind kind) {
        return kind == Sweep.Kind.LABEL;
    }

    @Override
    public SweepPage page(Sweep sweep, SweepChunk chunk) {
        List<Long> page = texts.ids(sweep, chunk, PAGE);
        long end = page.isEmpty() ? chunk.toId() : page.getLast();
        return new SweepPage(page.size(), 0, end, page.size() < PAGE, () -> labels.assign(sweep, chunk.atId(), end));
    }
}
