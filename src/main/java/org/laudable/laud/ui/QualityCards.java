package org.laudable.laud.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.util.Comparator;
import java.util.List;
import org.laudable.laud.RunView;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;

/** How the newest model does per class, what it mixes up, and what it asks about next. */
final class QualityCards extends Div {
    private final Figures figures;
    private final FigureTable classes;
    private final Paragraph notFound = new Paragraph();
    private final OrderedList confusions = new OrderedList();
    private final OrderedList questions = new OrderedList();
    private List<RunView.ClassQuality> shownClasses;
    private List<RunView.Confusion> shownConfusions;
    private List<RunView.Question> shownQuestions;

    QualityCards(Figures figures) {
        this.figures = figures;
        addClassName("run-quality");
        classes = new FigureTable(figures.text("run.classes"), 4, figures.text("run.class"), figures.text("run.class.labels"),
                figures.text("run.class.precision"), figures.text("run.class.recall"), figures.text("run.class.audit"));
        classes.addClassName("tall");
        notFound.addClassName("secondary");
        Paragraph note = new Paragraph(figures.text("run.classes.note"));
        note.addClassNames("secondary", "small");
        confusions.addClassName("run-list");
        questions.addClassName("run-list");
        Div side = new Div(card("run.confusions", confusions), card("run.next", questions));
        side.addClassName("run-side");
        add(card("run.classes", note, notFound, classes), side);
    }

    private Section card(String titleKey, com.vaadin.flow.component.Component... content) {
        Section card = new Section(new H2(figures.text(titleKey)));
        card.addClassName("card");
        card.add(content);
        return card;
    }

    void show(RunView run) {
        if (!run.classes().equals(shownClasses)) {
            shownClasses = run.classes();
            showClasses(run);
        }
        if (!run.confusions().equals(shownConfusions)) {
            shownConfusions = run.confusions();
            showConfusions(run);
        }
        if (!run.next().equals(shownQuestions)) {
            shownQuestions = run.next();
            showQuestions(run);
        }
    }

    private void showClasses(RunView run) {
        classes.clear();
        run.classes().stream().sorted(Comparator.comparing(RunView.ClassQuality::found)
                .thenComparing(c -> c.f1() == null ? 2.0 : c.f1()).thenComparing(RunView.ClassQuality::name)).forEach(c -> {
            var name = FigureTable.text(c.name());
            if (!c.found()) {
                Span chip = new Span(figures.text("run.class.notFound"));
                chip.addClassNames("chip", "warn");
                name.add(new Span(" "), chip);
            }
            classes.row(name, FigureTable.number(figures.count(c.labels())), FigureTable.bar(figures, c.precision()),
                    FigureTable.bar(figures, c.recall()), FigureTable.number(figures.count(c.support())));
        });
        long missing = run.classes().stream().filter(c -> c.labels() == 0).count();
        notFound.setText(missing == 1 ? figures.text("run.class.notFound.one") : figures.text("run.class.notFound.count", figures.count(missing)));
        notFound.setVisible(missing > 0);
    }

    private void showConfusions(RunView run) {
        confusions.removeAll();
        if (run.confusions().isEmpty()) {
            confusions.add(nothing(run.audit().reporting() == 0 ? "run.curve.empty" : "run.confusions.none"));
        }
        for (RunView.Confusion pair : run.confusions()) {
            Span words = new Span(figures.text("run.confusions.pair", pair.trueClass(), pair.predictedClass()));
            Span times = new Span(pair.count() == 1 ? figures.text("run.confusions.once") : figures.text("run.confusions.times", figures.count(pair.count())));
            times.addClassNames("secondary", "num");
            confusions.add(new ListItem(words, times));
        }
    }

    private void showQuestions(RunView run) {
        questions.removeAll();
        if (run.next().isEmpty()) {
            questions.add(nothing("run.next.none"));
        }
        for (RunView.Question question : run.next()) {
            Span text = new Span(question.text());
            text.addClassName("run-question");
            text.getElement().setAttribute("dir", "auto");
            Div why = new Div(new Span(question.reason()));
            why.addClassNames("secondary", "small", "run-why");
            if (question.suggestion() != null && question.confidence() != null) {
                Span suggestion = new Span(figures.text("run.next.suggestion", question.suggestion(), figures.percent(question.confidence())));
                suggestion.addClassNames("origin", "model");
                why.add(suggestion);
            }
            Div both = new Div(text, why);
            questions.add(new ListItem(both));
        }
    }

    private ListItem nothing(String key) {
        Span sentence = new Span(figures.text(key));
        sentence.addClassName("secondary");
        return new ListItem(sentence);
    }
}
