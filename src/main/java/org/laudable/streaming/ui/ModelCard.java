package org.laudable.streaming.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.laudable.loop.ui.Figures;
import org.laudable.streaming.LiveBoard;

/** Which model scores, and for managers: another one. */
final class ModelCard extends Section {
    private final Figures figures;
    private final Paragraph now = new Paragraph();
    private final Paragraph next = new Paragraph();
    private final Select<String> versions = new Select<>();
    private final Span approved = new Span();
    private final Button approve;
    private final Button end;
    private final Div actions;
    private List<String> offered = List.of();
    private Optional<LiveBoard> shown = Optional.empty();

    ModelCard(Figures figures, boolean manager, Consumer<String> approving, Runnable ending) {
        this.figures = figures;
        addClassNames("card", "live-model");
        next.addClassName("secondary");
        next.getElement().setAttribute("role", "status");
        versions.setLabel(figures.text("live.model.version"));
        approve = new Button(figures.text("live.model.approve"), click -> {
            if (versions.getValue() != null) {
                approving.accept(versions.getValue());
            }
        });
        end = new Button(figures.text("live.model.end"), click -> ending.run());
        approved.addClassNames("chip", "good");
        versions.addValueChangeListener(change -> offerApproval());
        actions = new Div(versions, approve, approved, end);
        actions.addClassName("actions");
        actions.setVisible(manager);
        add(new H2(figures.text("live.model")), now, next, actions);
    }

    void show(LiveBoard board, List<String> choices) {
        LiveBoard.Model model = board.model();
        now.setText(model == null ? figures.text("live.model.none")
                : figures.text("live.model.now", model.version(), model.approvedBy() == null ? figures.text("run.unknown") : model.approvedBy(), figures.when(model.since())));
        LiveBoard.Next coming = board.next();
        next.setText(coming == null ? "" : coming.error() == null ? figures.text("live.model.next", coming.version())
                : figures.text("live.model.failed", coming.version(), coming.error()));
        next.setVisible(coming != null);
        end.setVisible(model != null || coming != null);
        if (!choices.equals(offered)) {
            String chosen = versions.getValue();
            offered = List.copyOf(choices);
            versions.setItems(offered);
            versions.setValue(chosen != null && offered.contains(chosen) ? chosen : offered.isEmpty() ? null : offered.getFirst());
        }
        versions.setVisible(!offered.isEmpty());
        shown = Optional.of(board);
        offerApproval();
        if (offered.isEmpty() && model == null && actions.isVisible()) {
            now.setText(figures.text("live.model.noFile"));
        }
    }

    /** What scores already, or is about to, needs nobody's approval. */
    private void offerApproval() {
        String chosen = versions.getValue();
        boolean scores = shown.map(LiveBoard::model).filter(model -> model.version().equals(chosen)).isPresent();
        boolean comes = shown.map(LiveBoard::next).filter(next -> next.error() == null && next.version().equals(chosen)).isPresent();
        approve.setVisible(chosen != null && !comes && (!scores || shown.map(LiveBoard::next).isPresent()));
        approved.setVisible(scores && !approve.isVisible() || comes);
        approved.setText(figures.text(comes ? "live.model.comes" : "live.model.approved"));
    }
}
