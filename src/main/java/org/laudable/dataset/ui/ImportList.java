package org.laudable.dataset.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ImportService;
import org.laudable.jobs.JobService;
import org.laudable.live.ProjectEvents;

/** The files of texts of a project: rows in, merged and refused, values that are no class. */
public final class ImportList extends ImportCards {
    private static final int SHOWN_VALUES = 8;

    private final ImportService imports;
    private final Consumer<DataImport> openDraft;

    /**
     * @param manager   whether the person may act, not only look
     * @param openDraft what a draft's button does
     */
    public ImportList(long projectId, boolean manager, ImportService imports, JobService jobs, ProjectEvents events,
            Consumer<DataImport> openDraft) {
        super(projectId, manager, jobs, events, "dataset.imports.empty", "dataset.import.cancelledNote");
        this.imports = imports;
        this.openDraft = openDraft;
    }

    @Override
    protected List<Card> read() {
        return imports.ofProject(projectId()).stream()
                .map(one -> new Card(one.fileName(), one.state(), one.createdAt(), one.jobId(), one.error(), report(one), actions(one))).toList();
    }

    private List<Component> report(DataImport one) {
        List<Component> report = new ArrayList<>();
        if (one.rowsRead() > 0) {
            report.add(counts(getTranslation("dataset.import.counts", one.rowsIn(), one.rowsMerged(), one.rowsRefused())));
        }
        if (!one.unknownLabels().isEmpty()) {
            String values = one.unknownLabels().entrySet().stream().limit(SHOWN_VALUES)
                    .map(entry -> "%s (%d)".formatted(entry.getKey(), entry.getValue())).collect(Collectors.joining(", "));
            report.add(note(getTranslation("dataset.import.unknown", values), "warn"));
        }
        if (!one.leftOut().isEmpty()) {
            report.add(note(getTranslation("dataset.import.leftOut", one.leftOut().entrySet().stream()
                    .map(entry -> "%s (%d)".formatted(getTranslation("dataset.leftOut." + entry.getKey()), entry.getValue()))
                    .collect(Collectors.joining("; "))), "warn"));
        }
        return report;
    }

    private List<Component> actions(DataImport one) {
        List<Component> actions = new ArrayList<>();
        if (one.rowsRefused() > 0) {
            Anchor refused = new Anchor("/api/v1/projects/%d/imports/%d/refused.csv".formatted(projectId(), one.id()),
                    getTranslation("dataset.import.refusedFile"));
            refused.getElement().setAttribute("download", true);
            refused.setRouterIgnore(true);
            actions.add(refused);
        }
        switch (one.state()) {
            case DRAFT -> {
                actions.add(button("dataset.import.discard", () -> imports.discard(projectId(), one.id())));
                actions.add(new Button(getTranslation("dataset.import.open"), click -> openDraft.accept(one)));
            }
            case WAITING, RUNNING -> actions.add(button("dataset.import.cancel", () -> imports.cancel(projectId(), one.id())));
            case FAILED, CANCELLED -> actions.add(one.refuseAll() && one.rowsRefused() > 0
                    ? button("dataset.import.goodRows", () -> imports.resumeWithGoodRows(projectId(), one.id()))
                    : button("dataset.import.resume", () -> imports.resume(projectId(), one.id())));
            case DONE -> { }
        }
        return actions;
    }
}
