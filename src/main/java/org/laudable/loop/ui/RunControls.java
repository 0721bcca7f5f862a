package org.laudable.loop.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Optional;
import java.util.function.Consumer;
import org.laudable.loop.RunState;

/** What a manager can do with the run, as buttons; only what is possible now is there. */
public final class RunControls extends Div {

    /** What was pressed. */
    public enum Action {
        START,
        PAUSE,
        RESUME,
        FINISH,
        STOP,
        RETRY
    }

    /**
     * Where the run is.
     *
     * @param leftState where a paused run goes on; null otherwise
     */
    public record Now(RunState state, RunState leftState, int round) {}

    private final Figures figures;
    private final Consumer<Action> act;
    private final Button start;
    private final Button retry;
    private final Button resume;
    private final Button pause;
    private final Button finish;
    private final Button stop;

    public RunControls(Figures figures, Consumer<Action> act) {
        this.figures = figures;
        this.act = act;
        addClassName("actions");
        start = button("run.start", Action.START, ButtonVariant.PRIMARY);
        retry = button("run.retry", Action.RETRY, ButtonVariant.PRIMARY);
        resume = button("run.resume", Action.RESUME, ButtonVariant.PRIMARY);
        pause = button("run.pause", Action.PAUSE);
        finish = button("run.finish", Action.FINISH);
        stop = new Button(figures.text("run.stop"), click -> confirmStop());
        stop.addThemeVariants(ButtonVariant.TERTIARY);
        add(start, retry, resume, pause, finish, stop);
        show(Optional.empty());
    }

    private Button button(String key, Action action, ButtonVariant... variants) {
        Button button = new Button(figures.text(key), click -> act.accept(action));
        button.addThemeVariants(variants);
        button.setDisableOnClick(true);
        return button;
    }

    public void show(Optional<Now> run) {
        RunState state = run.map(Now::state).orElse(RunState.STOPPED);
        start.setText(figures.text(run.isPresent() ? "run.startAgain" : "run.start"));
        start.setVisible(state == RunState.FINISHED || state == RunState.STOPPED);
        retry.setVisible(state == RunState.FAILED);
        resume.setVisible(state == RunState.PAUSED);
        pause.setVisible(state.active());
        RunState asking = state == RunState.PAUSED ? run.get().leftState() : state;
        finish.setVisible((asking == RunState.LABELING || asking == RunState.TRAINING) && run.get().round() > 1);
        stop.setVisible(run.isPresent() && state != RunState.FINISHED && state != RunState.STOPPED);
        for (Button button : new Button[] {start, retry, resume, pause, finish, stop}) {
            button.setEnabled(true);
        }
    }

    private void confirmStop() {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(figures.text("run.stop.title"));
        dialog.add(new Paragraph(figures.text("run.stop.text")));
        if (finish.isVisible()) {
            dialog.add(new Paragraph(figures.text("run.stop.finishInstead")));
        }
        dialog.addClassName("run-dialog");
        dialog.setMaxWidth("440px");
        Button confirm = new Button(figures.text("run.stop.confirm"), click -> {
            dialog.close();
            act.accept(Action.STOP);
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(figures.text("run.cancel"), click -> dialog.close()), confirm);
        dialog.open();
    }
}
