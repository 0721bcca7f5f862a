package org.laudable.model.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.util.List;
import org.laudable.Refused;
import org.laudable.dataset.ui.Sizes;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;
import org.laudable.model.KeptModel;
import org.laudable.model.ModelService;
import org.laudable.ui.Notices;

/** The run's models as files: made, fetched, with their cards. For managers. */
public final class ModelPanel extends Section {
    private final Figures figures;
    private final long projectId;
    private final ModelService models;
    private final Notices notices;
    private final Div body = new Div();
    private List<KeptModel> shown;

    public ModelPanel(Figures figures, long projectId, ModelService models, Notices notices) {
        this.figures = figures;
        this.projectId = projectId;
        this.models = models;
        this.notices = notices;
        addClassNames("card", "model-panel");
        Paragraph note = new Paragraph(figures.text("model.note"));
        note.addClassNames("secondary", "small");
        add(new H2(figures.text("model.title")), note, body);
        setVisible(false);
    }

    /** Shows models; hidden while there is none. */
    public void show(List<KeptModel> now) {
        if (now.equals(shown)) {
            return;
        }
        shown = List.copyOf(now);
        setVisible(!now.isEmpty());
        body.removeAll();
        if (now.isEmpty()) {
            return;
        }
        body.add(newest(now.getFirst()));
        List<KeptModel> files = now.stream().filter(one -> one.state() == KeptModel.State.READY).toList();
        if (!files.isEmpty()) {
            FigureTable table = new FigureTable(figures.text("model.title"), 1, figures.text("model.version"), figures.text("model.made"),
                    figures.text("model.file"), figures.text("model.size"));
            files.forEach(one -> table.row(FigureTable.text(one.version()), FigureTable.text(figures.when(one.madeAt())), links(one),
                    FigureTable.number(Sizes.of(one.bytes(), figures.locale()))));
            body.add(table);
        }
    }

    private Component newest(KeptModel model) {
        Div line = new Div();
        line.addClassName("actions");
        switch (model.state()) {
            case MAKING -> {
                ProgressBar bar = new ProgressBar();
                bar.setIndeterminate(true);
                bar.getElement().setAttribute("aria-label", figures.text("model.making", model.version()));
                line.add(new Span(figures.text("model.making", model.version())), bar);
            }
            case READY -> line.add(new Span(figures.text("model.ready", model.version())));
            default -> {
                if (model.state() == KeptModel.State.FAILED) {
                    line.add(new Span(figures.text("model.failed", model.error() == null ? "" : model.error())));
                }
                line.add(new Button(figures.text("model.make", model.version()), click -> make()));
            }
        }
        return line;
    }

    private void make() {
        try {
            models.order(projectId);
            show(models.list(projectId));
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
    }

    private Div links(KeptModel model) {
        Div links = new Div(link(model, "bundle", figures.text("model.download")), new Span(" · "), link(model, "card.md", figures.text("model.card")));
        links.addClassName("export-links");
        return links;
    }

    private Anchor link(KeptModel model, String what, String text) {
        Anchor link = new Anchor("/api/v1/projects/%d/models/%s/%s".formatted(projectId, model.version(), what), text);
        link.setRouterIgnore(true);
        link.getElement().setAttribute("aria-label", text + " " + model.version());
        if (what.equals("bundle")) {
            link.getElement().setAttribute("download", true);
        } else {
            link.setTarget("_blank");
        }
        return link;
    }
}
