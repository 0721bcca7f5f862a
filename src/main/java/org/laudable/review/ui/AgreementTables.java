package org.laudable.review.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.laudable.dataset.Origin;
import org.laudable.dataset.ui.OriginMark;
import org.laudable.engine.evaluation.ChoiceAgreement.Figure;
import org.laudable.engine.evaluation.Interval;
import org.laudable.loop.ui.FigureTable;
import org.laudable.review.AgreementReport;

/** The cards of the agreement page: each a table with its figures and their 95 % intervals. */
final class AgreementTables {
    /** Drawing fewer items again says nothing about the doubt: no interval is shown. */
    private static final int FEW = 10;

    private final Component page;
    private final Map<Long, String> names;
    private final long projectId;

    AgreementTables(Component page, Map<Long, String> names, long projectId) {
        this.page = page;
        this.names = names;
        this.projectId = projectId;
    }

    Section overall(AgreementReport report) {
        Div figures = new Div(figure("agreement.percent", percent(report.percent()), "percent"), figure("agreement.alpha", coefficient(report.alpha()), "alpha"),
                figure("agreement.fleiss", coefficient(report.fleiss()), "fleiss"));
        if (report.overlap() != null && report.overlap().items() > 0) {
            figures.add(figure("agreement.overlap", percent(report.overlap()), "overlap"));
        }
        if (report.alphaUnitizing() != null) {
            figures.add(figure("agreement.unitizing", decimals(report.alphaUnitizing()), "unitizing"));
        }
        figures.addClassName("agreement-figures");
        return card("agreement.overall", text("agreement.overall.text", report.items()), figures);
    }

    Section annotators(List<AgreementReport.Annotator> annotators, AgreementReport.Made made) {
        FigureTable table = table("agreement.annotators", 2, "agreement.who", "agreement.accuracy", "agreement.answers");
        annotators.forEach(one -> table.row(who(one.origin(), one.name()), number(share(one.accuracy(), one.interval())), number(count(one.answers()))));
        Section card = card("agreement.annotators", text("agreement.annotators.text"), table);
        if (made == null) {
            return card;
        }
        Paragraph how = new Paragraph(made(made));
        how.addClassName("small");
        how.getElement().setAttribute("data-testid", "agreement-made");
        card.add(how);
        return card;
    }

    /** How several answers become a label here. */
    private String made(AgreementReport.Made made) {
        if (!made.weighed()) {
            return text("agreement.made.majority");
        }
        String done = made.at() == null ? text("agreement.made.soon") : text("agreement.made.weighed", made.items(), made.changed(),
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT).withLocale(locale()).withZone(ZoneId.systemDefault()).format(made.at()));
        return made.tooFew().isEmpty() ? done : done + " " + text("agreement.made.few", String.join(", ", made.tooFew()));
    }

    Section confused(List<AgreementReport.Confused> confused) {
        FigureTable table = table("agreement.confused", 0, "agreement.between", "agreement.times", "agreement.examples", "agreement.open");
        confused.forEach(one -> {
            Div examples = new Div();
            examples.addClassName("agreement-examples");
            one.examples().forEach(example -> {
                Anchor link = new Anchor("projects/" + projectId + "/review?item=" + example.itemId(),
                        example.text().isBlank() ? text("agreement.item", example.itemId()) : example.text());
                link.getElement().setAttribute("dir", "auto");
                examples.add(link);
            });
            Component open = one.first() == null || one.second() == null ? new Span()
                    : new Anchor("projects/" + projectId + "/review?first=" + one.first() + "&second=" + one.second(), text("agreement.review"));
            table.row(FigureTable.text(name(one.first()) + " ↔ " + name(one.second())), FigureTable.number(count(one.times())), cell(examples), cell(open));
        });
        if (confused.isEmpty()) {
            table.nothing(text("agreement.confused.none"));
        }
        return card("agreement.confused", text("agreement.confused.text"), table);
    }

    Section classes(List<AgreementReport.OfClass> classes) {
        FigureTable table = table("agreement.classes", 2, "agreement.class", "agreement.sameAgain", "agreement.items");
        classes.forEach(one -> table.row(FigureTable.text(name(one.classId())), number(percent(one.agreement())), number(count(one.agreement().items()))));
        return card("agreement.classes", text("agreement.classes.text"), table);
    }

    Section pairs(List<AgreementReport.OfPair> pairs) {
        FigureTable table = table("agreement.pairs", 3, "agreement.people", "agreement.same", "agreement.cohen", "agreement.items");
        pairs.forEach(one -> table.row(FigureTable.text(one.first() + " – " + one.second()), number(percent(one.percent())),
                number(coefficient(one.kappa())), number(count(one.percent().items()))));
        return card("agreement.pairs", text("agreement.pairs.text"), table);
    }

    Section weeks(List<AgreementReport.OfWeek> weeks) {
        FigureTable table = table("agreement.weeks", 3, "agreement.week", "agreement.same", "agreement.alpha", "agreement.items");
        DateTimeFormatter day = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale());
        weeks.forEach(one -> table.row(FigureTable.text(day.format(one.monday())), number(percent(one.percent())), number(coefficient(one.alpha())),
                number(count(one.percent().items()))));
        return card("agreement.weeks", text("agreement.weeks.text"), table);
    }

    Section against(AgreementReport.Against model) {
        String name = model.origin() == Origin.MODEL ? text("agreement.taskModel") : model.name();
        FigureTable table = table("agreement.against", 0, "agreement.peopleSay", "agreement.modelSays", "agreement.times");
        model.mistaken().forEach(one -> table.row(FigureTable.text(name(one.people())), FigureTable.text(name(one.model())),
                FigureTable.number(count(one.times()))));
        if (model.mistaken().isEmpty()) {
            table.nothing(text("agreement.confused.none"));
        }
        Section card = card("agreement.against", text("agreement.against.text", percent(model.percent()), coefficient(model.kappa()),
                model.percent().items()), table);
        card.addComponentAtIndex(1, new OriginMark(model.origin(), name));
        return card;
    }

    private Section card(String key, String sentence, Component content) {
        Paragraph text = new Paragraph(sentence);
        text.addClassNames("small", "secondary");
        Section card = new Section(new H2(text(key)), text, content);
        card.addClassName("card");
        card.getElement().setAttribute("data-testid", key.replace('.', '-'));
        return card;
    }

    private FigureTable table(String name, int numeric, String... headers) {
        return new FigureTable(text(name), numeric, Arrays.stream(headers).map(key -> text(key)).toArray(String[]::new));
    }

    private Div figure(String key, String value, String id) {
        Span name = new Span(text(key));
        name.addClassNames("small", "secondary");
        Span figure = new Span(value);
        figure.addClassNames("value", "num");
        figure.getElement().setAttribute("data-testid", "agreement-" + id);
        return new Div(name, figure);
    }

    private NativeTableCell who(Origin origin, String name) {
        return cell(new OriginMark(origin, name));
    }

    private static NativeTableCell cell(Component content) {
        NativeTableCell cell = new NativeTableCell();
        cell.add(content);
        return cell;
    }

    private static NativeTableCell number(String text) {
        return FigureTable.number(text);
    }

    private String name(Long classId) {
        return classId == null ? text("dataset.none") : names.getOrDefault(classId, "–");
    }

    private String count(long number) {
        return String.format(locale(), "%,d", number);
    }

    private String percent(Figure figure) {
        return figure.items() > 0 && figure.items() < FEW ? String.format(locale(), "%.1f %%", 100 * figure.value())
                : share(figure.value(), figure.interval());
    }

    /** 87.2 % (84–90). */
    private String share(double value, Interval interval) {
        return Double.isNaN(value) ? "–" : String.format(locale(), "%.1f %% (%.0f–%.0f)", 100 * value, 100 * interval.low(), 100 * interval.high());
    }

    /** 0.74 (0.61 – 0.85). */
    private String coefficient(Figure figure) {
        return Double.isNaN(figure.value()) ? "–" : figure.items() < FEW ? decimals(figure.value())
                : decimals(figure.value()) + " (" + decimals(figure.interval().low()) + " – " + decimals(figure.interval().high()) + ")";
    }

    private String decimals(double value) {
        return String.format(locale(), "%.2f", value).replace('-', '−');
    }

    private Locale locale() {
        return page.getUI().map(ui -> ui.getLocale()).orElse(Locale.ENGLISH);
    }

    private String text(String key, Object... arguments) {
        return page.getTranslation(key, arguments);
    }
}
