package org.laudable.review.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.laudable.dataset.ui.OriginMark;
import org.laudable.dataset.ui.When;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.Interval;
import org.laudable.project.LabelClass;
import org.laudable.review.ReviewItem;
import org.laudable.review.ReviewQueue;
import org.laudable.series.ui.SeriesChart;

/** The item on the screen: what it is, who says what, and the ways to decide. */
final class ReviewCard extends Section {
    private final Acts acts;
    private final Map<Long, String> names;
    private final ComboBox<LabelClass> other = new ComboBox<>();
    private List<Choices.Choice> choices = List.of();
    private Interval drawn;

    /** What the page does. */
    interface Acts {
        /** @param classId null: none of these */
        void decide(Long classId, Interval interval);

        void sendBack();

        void pass();

        void history();

        /** Where a stretch of a series lies, in words. */
        String stretch(long seriesId, int from, int to);
    }

    ReviewCard(List<LabelClass> classes, Acts acts) {
        this.acts = acts;
        this.names = classes.stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        addClassNames("card", "review-card");
        other.setItems(classes.stream().filter(one -> !one.retired()).toList());
        other.setItemLabelGenerator(LabelClass::name);
        other.setAriaLabel(getTranslation("review.other"));
        other.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue() != null) {
                acts.decide(change.getValue().id(), drawn);
            }
        });
    }

    String name(Long classId) {
        return classId == null ? getTranslation("dataset.none") : names.getOrDefault(classId, "–");
    }

    void show(ReviewItem item, ReviewQueue queue) {
        removeAll();
        drawn = null;
        choices = Choices.of(item);
        getElement().setAttribute("data-item", Long.toString(item.id()));
        Paragraph why = new Paragraph(getTranslation("review.queue." + queue + ".why"));
        why.addClassNames("small", "secondary");
        add(why);
        if (item.lookedAtBy() != null) {
            add(notice(getTranslation("review.lookedAt", item.lookedAtBy())));
        }
        item.sentBack().forEach(note -> add(notice(getTranslation(note.answered() ? "review.returned" : "review.away",
                note.person(), note.reviewer(), note.text()))));
        SeriesChart chart = item.window() == null ? null : chart(item);
        if (chart == null) {
            Paragraph text = new Paragraph(item.text());
            text.addClassName("review-text");
            text.getElement().setAttribute("dir", "auto");
            text.getElement().setAttribute("data-testid", "review-text");
            text.getElement().setAttribute("tabindex", "0");
            add(text);
        } else {
            H2 series = new H2(item.window().series());
            series.addClassName("review-series");
            add(series, chart);
            Choices.overlap(item).ifPresent(overlap -> {
                Span figure = new Span(getTranslation("review.overlap", String.format(getLocale(), "%.0f %%", 100 * overlap)));
                figure.getElement().setAttribute("data-testid", "overlap");
                figure.getElement().setAttribute("title", getTranslation("review.overlap.why"));
                add(figure);
            });
        }
        add(standing(item), options(item, chart), remarks(item), tools(item, chart != null));
    }

    private Div standing(ReviewItem item) {
        Div line = new Div();
        line.addClassName("review-standing");
        if (item.label() != null) {
            line.add(new Span(getTranslation("review.stands")), new OriginMark(item.label().origin(), name(item.label().classId())));
        }
        return line;
    }

    private Div options(ReviewItem item, SeriesChart chart) {
        Div options = new Div();
        options.addClassName("review-choices");
        List<Interval> drawnBy = choices.stream().map(Choices.Choice::interval).filter(Objects::nonNull).toList();
        int first = drawnBy.stream().mapToInt(Interval::from).min().orElse(0);
        double all = drawnBy.stream().mapToInt(Interval::to).max().orElse(1) - first;
        for (int i = 0; i < choices.size(); i++) {
            Choices.Choice choice = choices.get(i);
            Interval where = choice.interval();
            ChoiceButton button = new ChoiceButton(i + 1, name(choice.classId()),
                    where == null ? null : new ChoiceButton.Place(acts.stretch(item.window().seriesId(), where.from(), where.to()),
                    100 * (where.from() - first) / all, 100 * (where.to() - where.from()) / all), choice,
                    () -> acts.decide(choice.classId(), choice.interval()));
            if (chart != null && where != null) {
                button.addFocusListener(focus -> chart.select(piece(where)));
                button.getElement().addEventListener("mouseenter", event -> chart.select(piece(where)));
            }
            options.add(button);
        }
        return options;
    }

    /** Flags and skips say something too. */
    private Div remarks(ReviewItem item) {
        Div remarks = new Div();
        remarks.addClassName("review-remarks");
        item.answers().stream().filter(answer -> answer.kind() == AnswerKind.FLAG || answer.kind() == AnswerKind.SKIP).forEach(answer -> {
            List<String> words = new ArrayList<>(List.of(answer.person() + ": " + getTranslation("dataset.answer." + answer.kind())));
            if (answer.reason() != null) {
                words.add(getTranslation("dataset.reason." + answer.reason()));
            }
            if (answer.comment() != null) {
                words.add("“" + answer.comment() + "”");
            }
            Div line = new Div(new Span(String.join(" · ", words)), new When(answer.at()));
            remarks.add(line);
        });
        return remarks;
    }

    private Div tools(ReviewItem item, boolean series) {
        other.setPlaceholder(getTranslation(series ? "review.otherStretch" : "review.other"));
        other.clear();
        Div tools = new Div(other, tool("review.none", "0", () -> acts.decide(null, null)));
        if (item.answers().stream().anyMatch(answer -> answer.kind() != AnswerKind.SKIP)) {
            tools.add(tool("review.sendBack", "s", acts::sendBack));
        }
        tools.add(tool("review.pass", "n", acts::pass), tool("review.history", "h", acts::history));
        tools.addClassName("review-tools");
        return tools;
    }

    private static Button tool(String text, String key, Runnable act) {
        Button button = new Button("", click -> act.run());
        Span digit = new Span(key);
        digit.addClassName("key");
        button.setText(button.getTranslation(text));
        button.setSuffixComponent(digit);
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.getElement().setAttribute("aria-keyshortcuts", key);
        return button;
    }

    private SeriesChart chart(ReviewItem item) {
        ReviewItem.Window window = item.window();
        int from = item.answers().stream().filter(a -> a.interval() != null).mapToInt(a -> a.interval().from()).min().orElse(window.from());
        int to = item.answers().stream().filter(a -> a.interval() != null).mapToInt(a -> a.interval().to()).max().orElse(window.to());
        int around = Math.max(60, 3 * (to - from));
        SeriesChart chart = new SeriesChart();
        chart.addClassName("review-chart");
        chart.show(window.seriesId());
        chart.setSelectable(true);
        chart.focusOn(Math.max(0, Math.min(from, window.from()) - around), Math.min(window.points(), Math.max(to, window.to()) + around));
        chart.select(choices.stream().map(Choices.Choice::interval).filter(interval -> interval != null).findFirst()
                .map(ReviewCard::piece).orElse(new SeriesChart.Piece(window.from(), window.to(), null)));
        chart.onInterval(piece -> drawn = new Interval(piece.from(), piece.to(), piece.channels()));
        return chart;
    }

    private static SeriesChart.Piece piece(Interval interval) {
        return new SeriesChart.Piece(interval.from(), interval.to(), interval.channels());
    }

    private static Div notice(String text) {
        Div notice = new Div(text);
        notice.addClassName("review-note");
        return notice;
    }

    /** Accepts the choice with this digit; false if there is none. */
    boolean choose(int digit) {
        if (digit < 1 || digit > choices.size()) {
            return false;
        }
        Choices.Choice choice = choices.get(digit - 1);
        acts.decide(choice.classId(), choice.interval());
        return true;
    }

    void find() {
        other.focus();
        other.setOpened(true);
    }
}
