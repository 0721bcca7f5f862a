package org.laudable.series.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.ArrayList;
import java.util.List;
import org.laudable.dataset.ImportState;
import org.laudable.dataset.ui.ImportCards;
import org.laudable.jobs.JobService;
import org.laudable.live.ProjectEvents;
import org.laudable.series.SeriesImport;
import org.laudable.series.SeriesImportService;

/** The imports of series of a project: series and points in, files left out. */
public final class SeriesImportList extends ImportCards {
    private static final int SHOWN_REFUSALS = 200;

    private final transient SeriesImportService imports;
    private final transient Runnable openDraft;

    /**
     * @param manager   whether the person may act, not only look
     * @param openDraft what a draft's button does
     */
    public SeriesImportList(long projectId, boolean manager, SeriesImportService imports, JobService jobs, ProjectEvents events, Runnable openDraft) {
        super(projectId, manager, jobs, events, "series.imports.empty", "series.imports.cancelledNote");
        this.imports = imports;
        this.openDraft = openDraft;
    }

    @Override
    protected List<Card> read() {
        return imports.ofProject(projectId()).stream()
                .map(one -> new Card(name(one), one.state(), one.createdAt(), one.jobId(), one.error(), report(one), actions(one))).toList();
    }

    private String name(SeriesImport one) {
        String first = one.files().getFirst().name();
        return one.files().size() == 1 ? first : getTranslation("series.imports.files", first, one.files().size() - 1);
    }

    private List<Component> report(SeriesImport one) {
        List<Component> report = new ArrayList<>();
        if (one.seriesIn() > 0 || one.state() == ImportState.DONE) {
            report.add(counts(getTranslation("series.imports.counts", one.seriesIn(), one.pointsIn(), one.refused().size())));
        }
        if (!one.refused().isEmpty()) {
            UnorderedList list = new UnorderedList();
            list.addClassName("findings");
            one.refused().stream().limit(SHOWN_REFUSALS).forEach(refusal -> list.add(new ListItem(refusal.path() + ": " + refusal.reason())));
            report.add(new Details(getTranslation("series.imports.leftOut", one.refused().size()), list));
        }
        return report;
    }

    private List<Component> actions(SeriesImport one) {
        return switch (one.state()) {
            case DRAFT -> List.of(button("dataset.import.discard", () -> imports.discard(projectId(), one.id())),
                    new Button(getTranslation("dataset.import.open"), click -> openDraft.run()));
            case WAITING, RUNNING -> List.of(button("dataset.import.cancel", () -> imports.cancel(projectId(), one.id())));
            case FAILED, CANCELLED -> List.of(button("dataset.import.resume", () -> imports.resume(projectId(), one.id())));
            case DONE -> List.of();
        };
    }
}
