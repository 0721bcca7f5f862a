package org.laudable.anomaly.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import org.laudable.anomaly.JudgeView;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;

/** Which language model judges windows that stand out, what it has said and cost, and what hinders it. */
final class JudgeCard extends Section {

    /** What a manager can do here. */
    interface Acts {
        void choose();

        void retry();
    }

    private final Figures figures;
    private final boolean manager;
    private final Span model = new Span();
    private final Paragraph summary = new Paragraph();
    private final Paragraph money = new Paragraph();
    private final Paragraph blocked = new Paragraph();
    private final UnorderedList absent = new UnorderedList();
    private final Button choose;
    private final Button retry;

    JudgeCard(Figures figures, boolean manager, Acts acts) {
        this.figures = figures;
        this.manager = manager;
        addClassNames("card", "judge-card");
        Div head = new Div(new H2(figures.text("anomaly.judge")), model);
        head.addClassName("run-card-head");
        money.addClassName("secondary");
        blocked.addClassName("judge-blocked");
        blocked.getElement().setAttribute("role", "status");
        absent.addClassName("run-list");
        choose = new Button("", click -> acts.choose());
        retry = new Button(figures.text("anomaly.judge.again"), click -> acts.retry());
        Div actions = new Div(choose, retry);
        actions.addClassName("actions");
        add(head, summary, blocked, money, absent, actions);
    }

    /** @param choice whether there is any model to choose */
    void show(JudgeView view, boolean choice) {
        boolean chosen = view.model().isPresent();
        model.setText(view.model().orElseGet(() -> figures.text("anomaly.judge.nobody")));
        model.getElement().getClassList().set("origin", chosen);
        model.getElement().getClassList().set("llm", chosen);
        model.getElement().getClassList().set("secondary", !chosen);
        summary.setText(summary(view, choice));
        blocked.setText(view.blocked().map(why -> figures.text("anomaly.judge.blocked", why)).orElse(""));
        blocked.setVisible(view.blocked().isPresent());
        view.spending().ifPresent(spent -> {
            String sum = figures.text("anomaly.judge.spent", figures.money(spent.settledMicros(), view.currency()), figures.count(spent.calls()));
            money.setText(spent.capMicros().isEmpty() ? sum
                    : sum + " " + figures.text("anomaly.judge.spent.of", figures.money(spent.capMicros().getAsLong(), view.currency())));
        });
        money.setVisible(chosen && view.spending().isPresent());
        absent.removeAll();
        for (JudgeView.Absent one : view.absent()) {
            absent.add(new ListItem(new Span(one.sentence()), FigureTable.text(figures.text("anomaly.judge.absent", figures.count(one.count())))));
        }
        absent.setVisible(!view.absent().isEmpty());
        choose.setText(figures.text(chosen ? "anomaly.judge.change" : "anomaly.judge.choose"));
        choose.setVisible(manager && (choice || chosen));
        retry.setVisible(manager && (view.blocked().isPresent() || !view.absent().isEmpty()));
    }

    private String summary(JudgeView view, boolean choice) {
        if (view.model().isEmpty()) {
            return figures.text(choice ? "anomaly.judge.none" : "anomaly.judge.noModels");
        }
        if (!view.usable()) {
            return figures.text("anomaly.judge.unusable");
        }
        if (view.wanted() == 0) {
            return figures.text("anomaly.judge.soon", figures.count(view.settings().windows()));
        }
        String trust = view.trust().all() == 0 ? figures.text("anomaly.judge.trust.none")
                : figures.text("anomaly.judge.trust", figures.count(view.trust().right()), figures.count(view.trust().all()));
        return figures.text("anomaly.judge.summary", figures.count(view.judged()), figures.count(view.wanted()), figures.count(view.shared())) + " " + trust;
    }
}
