package org.laudable.laud.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.IntegerField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.laudable.laud.RestLabeling;
import org.laudable.laud.SweepView;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.ProgressLine;

/** Work on all texts of a project: how far it is, how fast, how long it will take; a manager has the rest labeled, pauses, stops. */
final class RestCard extends Section {
    private static final int USUAL_CONFIDENCE = 90;

    private final Figures figures;
    private final boolean manager;
    private final long projectId;
    private final RestLabeling service;
    private final Consumer<Runnable> attempt;
    private final Div lines = new Div();
    private final Paragraph hint = new Paragraph();
    private final Button order;
    private final Button pause;
    private final Button resume;
    private final Button stop;
    private boolean certified;

    /** @param attempt runs an action, shows a refusal politely, and shows the page anew */
    RestCard(Figures figures, boolean manager, long projectId, RestLabeling service, Consumer<Runnable> attempt) {
        this.figures = figures;
        this.manager = manager;
        this.projectId = projectId;
        this.service = service;
        this.attempt = attempt;
        addClassNames("card", "run-rest");
        hint.addClassNames("secondary", "small");
        order = new Button(figures.text("run.rest.order"), click -> ask());
        pause = new Button(figures.text("run.pause"), click -> attempt.accept(() -> service.pause(projectId)));
        resume = new Button(figures.text("run.resume"), click -> attempt.accept(() -> service.resume(projectId)));
        stop = new Button(figures.text("run.stop"), click -> attempt.accept(() -> service.stop(projectId)));
        Div actions = new Div(order, pause, resume, stop);
        actions.addClassName("actions");
        add(new H2(figures.text("run.rest")), hint, lines, actions);
    }

    void show(RestLabeling.Now now) {
        certified = now.certified();
        setVisible(!now.sweeps().isEmpty() || now.possible());
        hint.setText(figures.text(now.possible() ? "run.rest.hint" : "run.rest.chunks"));
        List<ProgressLine> shown = new ArrayList<>();
        lines.removeAll();
        for (SweepView sweep : now.sweeps()) {
            ProgressLine line = new ProgressLine(figures);
            line.show(figures.text("run.sweep." + sweep.kind()), sweep.done(), sweep.items(), sweep.timeLeft());
            Paragraph more = new Paragraph(sentence(sweep));
            more.addClassNames("secondary", "small", "num");
            line.add(more);
            shown.add(line);
        }
        shown.forEach(lines::add);
        Optional<SweepView> rest = now.sweeps().stream().filter(sweep -> sweep.kind().equals("REST") && !sweep.ended()).findFirst();
        boolean paused = rest.filter(sweep -> sweep.state().equals("PAUSED")).isPresent();
        order.setVisible(manager && now.possible());
        pause.setVisible(manager && rest.isPresent() && !paused);
        resume.setVisible(manager && paused);
        stop.setVisible(manager && rest.isPresent());
    }

    private String sentence(SweepView sweep) {
        String state = figures.text("run.sweep.state." + sweep.state());
        String written = figures.text("run.sweep.written." + sweep.kind(), figures.count(sweep.written()));
        String cap = sweep.cap() == null ? "" : " · " + figures.text("run.sweep.cap", figures.count(sweep.cap()));
        String pace = sweep.perSecond() <= 0 ? "" : " · " + figures.text("run.sweep.pace", figures.count(Math.max(1, Math.round(sweep.perSecond()))));
        return state + " · " + written + cap + pace + (sweep.error() == null ? "" : " · " + sweep.error());
    }

    private void ask() {
        IntegerField cap = new IntegerField(figures.text("run.rest.cap"));
        cap.setHelperText(figures.text("run.rest.cap.help"));
        cap.setMin(1);
        cap.setWidthFull();
        IntegerField least = new IntegerField(figures.text("run.rest.least"));
        least.setHelperText(figures.text(certified ? "run.rest.least.certified" : "run.rest.least.help"));
        least.setMin(1);
        least.setMax(100);
        least.setWidthFull();
        least.setValue(certified ? null : USUAL_CONFIDENCE);
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(figures.text("run.rest"));
        dialog.add(new Paragraph(figures.text("run.rest.text")), cap, least);
        dialog.addClassName("run-dialog");
        dialog.setMaxWidth("480px");
        Button go = new Button(figures.text("run.rest.order"), click -> {
            if (!cap.isInvalid() && !least.isInvalid()) {
                dialog.close();
                attempt.accept(() -> service.order(projectId, cap.getValue() == null ? null : cap.getValue().longValue(),
                        least.getValue() == null ? null : least.getValue() / 100f));
            }
        });
        go.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(figures.text("run.cancel"), click -> dialog.close()), go);
        dialog.open();
        cap.focus();
    }
}
