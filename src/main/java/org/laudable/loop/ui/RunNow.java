package org.laudable.loop.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.time.Instant;
import org.laudable.budget.BudgetSummary;
import org.laudable.loop.RunState;

/** What is going on, what comes next, how far it is and what it has cost: the card both loops' run pages begin with. */
public final class RunNow extends Section {
    private final Figures figures;
    private final Span state = new Span();
    private final Paragraph next = new Paragraph();
    private final Paragraph why = new Paragraph();
    private final Span cost = new Span();
    private final Span answers = new Span();
    private final Paragraph started = new Paragraph();

    /**
     * What every run says.
     *
     * @param next what goes on and what comes next, a sentence
     * @param why  why it ended; empty: nothing to say
     */
    public record Said(RunState state, String next, String why, BudgetSummary budget, String startedBy, Instant createdAt) {}

    /** @param progress the loop's own lines of progress */
    public RunNow(Figures figures, Component... progress) {
        this.figures = figures;
        addClassNames("card", "run-now");
        getElement().setAttribute("aria-label", figures.text("run.now"));
        state.addClassName("chip");
        Div head = new Div(new H2(figures.text("run.now")), state);
        head.addClassName("run-card-head");
        next.getElement().setAttribute("aria-live", "polite");
        why.addClassName("secondary");
        started.addClassNames("secondary", "small");
        cost.addClassName("run-cost");
        answers.addClassName("secondary");
        Div money = new Div(new Span(figures.text("run.cost")), cost, answers);
        money.addClassName("run-money");
        add(head, next, why);
        add(progress);
        add(money, started);
    }

    public void show(Said run) {
        state.setText(figures.text("run.state." + run.state()));
        state.getElement().getClassList().set("accent", run.state().active());
        state.getElement().getClassList().set("good", run.state() == RunState.FINISHED);
        state.getElement().getClassList().set("bad", run.state() == RunState.FAILED);
        state.getElement().getClassList().set("warn", run.state() == RunState.PAUSED);
        next.setText(run.next());
        why.setText(run.why());
        why.setVisible(!run.why().isEmpty());
        BudgetSummary budget = run.budget();
        String spent = figures.money(budget.settledMicros(), budget.currency());
        cost.setText(budget.capMicros().isEmpty() ? spent
                : figures.text("run.cost.of", spent, figures.money(budget.capMicros().getAsLong(), budget.currency())));
        answers.setText(figures.text("run.labels", figures.count(budget.labels())));
        started.setText(figures.text("run.startedBy", run.startedBy(), figures.when(run.createdAt())));
    }
}
