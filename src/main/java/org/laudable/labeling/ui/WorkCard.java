package org.laudable.labeling.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import org.laudable.budget.BudgetSummary;
import org.laudable.labeling.MyWork;
import org.laudable.labeling.Progress;
import org.laudable.project.BudgetSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectKind;
import org.laudable.project.RateKind;

/** A project on My work: what waits, and one big button to go on. */
class WorkCard extends Article {
    /** Counts of the review queues above it are not exact. */
    private static final int MANY = 1_000;

    WorkCard(MyWork.Entry entry) {
        Project project = entry.project();
        Progress progress = entry.progress();
        addClassName("work-card");
        getElement().setAttribute("data-testid", "work-card");
        getElement().setAttribute("data-project-id", Long.toString(project.id()));
        add(head(project, progress));
        if (entry.sentBack() > 0) {
            Span back = new Span(getTranslation("work.sentBack", entry.sentBack()));
            back.addClassName("sent-back");
            back.getElement().setAttribute("data-testid", "sent-back");
            add(back);
        }
        Div facts = new Div();
        facts.addClassName("facts");
        facts.add(fact(getTranslation(project.kind() == ProjectKind.SERIES ? "work.waitingWindows" : "work.waiting", progress.waiting())),
                fact(getTranslation("work.mine", progress.mineToday(), progress.mineTotal())));
        String pay = pay(project.budget());
        if (!pay.isEmpty()) {
            facts.add(fact(pay));
        }
        progress.round().ifPresent(batch -> facts.add(fact(getTranslation("work.toTraining", batch.done(), batch.size()))));
        add(facts);
        if (!entry.reviews().isEmpty()) {
            add(reviews(project, entry.reviews()));
        }
        if (entry.manager()) {
            add(managed(project, progress, entry.budget()));
        }
        Anchor go = new Anchor("projects/" + project.id() + "/label",
                getTranslation(progress.waiting() > 0 ? "work.continue" : "work.look"));
        go.addClassName(progress.waiting() > 0 ? "go" : "go-quiet");
        go.getElement().setAttribute("aria-label", go.getText() + ": " + project.name());
        go.getElement().setAttribute("data-testid", "continue");
        add(go);
    }

    private Div head(Project project, Progress progress) {
        Span state = new Span(getTranslation("work.state." + (progress.training() ? "TRAINING" : progress.state().name())));
        state.addClassNames("state-word", progress.state().name().toLowerCase(Locale.ROOT));
        Div head = new Div(new H2(project.name()), state);
        head.addClassName("head");
        return head;
    }

    private Div managed(Project project, Progress progress, BudgetSummary budget) {
        Div line = new Div();
        line.addClassName("facts");
        progress.model().filter(model -> model.version() > 0).ifPresent(model -> line.add(fact(model.accuracy() == null
                ? getTranslation("work.modelUnknown", model.version())
                : getTranslation("work.model", model.version(), percent(model.accuracy(), 1), whole(model.low()),
                        whole(model.high())))));
        String spent = money(budget.settledMicros(), budget.currency());
        line.add(fact(budget.capMicros().isPresent()
                ? getTranslation("work.spent", spent, money(budget.capMicros().getAsLong(), budget.currency()))
                : getTranslation("work.spentNoCap", spent)));
        line.add(new Anchor("projects/" + project.id(), getTranslation("work.overview")),
                new Anchor("projects/" + project.id() + "/run", getTranslation("work.run")));
        return line;
    }

    /** What waits for a reviewer, each queue a way into it. */
    private Div reviews(Project project, Map<String, Long> waiting) {
        Div queues = new Div(fact(getTranslation("review.waits")));
        queues.addClassName("reviews");
        queues.getElement().setAttribute("data-testid", "reviews");
        NumberFormat number = NumberFormat.getIntegerInstance(getLocale());
        waiting.forEach((queue, count) -> {
            Span figure = new Span(count > MANY ? getTranslation("review.many", number.format(MANY)) : number.format(count));
            figure.addClassNames("num", "count");
            Anchor link = new Anchor("projects/" + project.id() + "/review?queue=" + queue);
            link.add(new Span(getTranslation("review.queue." + queue)), figure);
            link.getElement().setAttribute("title", getTranslation("review.queue." + queue + ".why"));
            queues.add(link);
        });
        return queues;
    }

    private static Span fact(String text) {
        return new Span(text);
    }

    private String pay(BudgetSettings budget) {
        return budget.rateKind() == RateKind.PER_LABEL
                ? getTranslation("work.payLabel", money(budget.rateMicros(), budget.currency()))
                : budget.rateKind() == RateKind.PER_HOUR
                        ? getTranslation("work.payHour", money(budget.rateMicros(), budget.currency())) : "";
    }

    private String money(long micros, String currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(getLocale());
        format.setCurrency(Currency.getInstance(currency));
        BigDecimal amount = BigDecimal.valueOf(micros, 6);
        format.setMaximumFractionDigits(amount.stripTrailingZeros().scale() > 2 ? 4 : 2);
        return format.format(amount);
    }

    private String percent(double share, int digits) {
        NumberFormat format = NumberFormat.getPercentInstance(getLocale());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(share);
    }

    private String whole(Double share) {
        return share == null ? "–" : Long.toString(Math.round(100 * share));
    }
}
