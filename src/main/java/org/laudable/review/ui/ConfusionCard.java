package org.laudable.review.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;
import org.laudable.dataset.Origin;
import org.laudable.review.Confusion;
import org.laudable.review.ConfusionService;
import org.laudable.review.Rater;

/** What two chosen ones confuse, as a matrix: people, language models, the task model. */
final class ConfusionCard extends Section {
    private final ConfusionService confusions;
    private final Map<Long, String> names;
    private final long projectId;
    private final Select<Rater> first = new Select<>();
    private final Select<Rater> second = new Select<>();
    private final Div matrix = new Div();

    /** @param raters two at least */
    ConfusionCard(ConfusionService confusions, List<Rater> raters, Map<Long, String> names, long projectId) {
        this.confusions = confusions;
        this.names = names;
        this.projectId = projectId;
        addClassNames("card", "confusion-card");
        getElement().setAttribute("data-testid", "confusion");
        Paragraph text = new Paragraph(getTranslation("agreement.confusion.text"));
        text.addClassNames("small", "secondary");
        offer(first, "agreement.confusion.first", raters, raters.getFirst());
        offer(second, "agreement.confusion.second", raters, raters.get(1));
        Div choice = new Div(first, second);
        choice.addClassName("confusion-choice");
        add(new H2(getTranslation("agreement.confusion")), text, choice, matrix);
        show();
    }

    private void offer(Select<Rater> select, String label, List<Rater> raters, Rater chosen) {
        select.setLabel(getTranslation(label));
        select.setItems(raters);
        select.setItemLabelGenerator(this::name);
        select.setValue(chosen);
        select.addValueChangeListener(change -> show());
    }

    private String name(Rater rater) {
        return rater.origin() == Origin.MODEL ? getTranslation("agreement.taskModel")
                : rater.origin() == Origin.LLM ? getTranslation("agreement.confusion.model", rater.name()) : rater.name();
    }

    private String name(Long classId) {
        return classId == null ? getTranslation("dataset.none") : names.getOrDefault(classId, "–");
    }

    private void show() {
        matrix.removeAll();
        try {
            show(confusions.between(projectId, first.getValue(), second.getValue()));
        } catch (Refused refused) {
            matrix.add(new Paragraph(refused.getMessage()));
        }
    }

    private void show(Confusion confusion) {
        if (confusion.items() == 0) {
            matrix.add(new Paragraph(getTranslation("agreement.confusion.nothing")));
            return;
        }
        String equal = String.format(getLocale(), "%.1f %%", 100.0 * confusion.equal() / confusion.items());
        Paragraph sum = new Paragraph(getTranslation("agreement.confusion.sum", confusion.items(), equal));
        sum.addClassName("confusion-sum");
        sum.getElement().setAttribute("data-testid", "confusion-sum");
        Div table = new Div(table(confusion));
        table.addClassName("confusion-matrix");
        table.getElement().setAttribute("role", "region");
        table.getElement().setAttribute("tabindex", "0");
        table.getElement().setAttribute("aria-label", getTranslation("agreement.confusion"));
        matrix.add(sum, table);
        if (confusion.shown() < confusion.items()) {
            Paragraph left = new Paragraph(getTranslation("agreement.confusion.left", confusion.classes().size(), confusion.items() - confusion.shown()));
            left.addClassNames("small", "secondary");
            matrix.add(left);
        }
    }

    /** Columns have the numbers of the rows, whose names would not fit above them. */
    private NativeTable table(Confusion confusion) {
        NativeTableHeaderCell corner = head(name(first.getValue()) + " ↓ · " + name(second.getValue()) + " →", "col");
        NativeTableRow heads = new NativeTableRow(corner);
        for (int i = 0; i < confusion.classes().size(); i++) {
            NativeTableHeaderCell cell = head(Integer.toString(i + 1), "col");
            cell.getElement().setAttribute("title", name(confusion.classes().get(i)));
            cell.getElement().setAttribute("aria-label", name(confusion.classes().get(i)));
            cell.addClassName("num");
            heads.add(cell);
        }
        NativeTableBody body = new NativeTableBody();
        for (int row = 0; row < confusion.classes().size(); row++) {
            NativeTableRow line = new NativeTableRow(head(row + 1 + "  " + name(confusion.classes().get(row)), "row"));
            int all = java.util.Arrays.stream(confusion.times()[row]).sum();
            for (int column = 0; column < confusion.classes().size(); column++) {
                line.add(cell(confusion, row, column, all));
            }
            body.add(line);
        }
        NativeTable table = new NativeTable();
        NativeTableHeader header = new NativeTableHeader();
        header.add(heads);
        table.add(header, body);
        return table;
    }

    private static NativeTableHeaderCell head(String text, String scope) {
        NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
        cell.getElement().setAttribute("scope", scope);
        return cell;
    }

    /** The more of a row's answers, the deeper; two people's confused classes can be opened for review. */
    private NativeTableCell cell(Confusion confusion, int row, int column, int all) {
        int times = confusion.times()[row][column];
        NativeTableCell cell = new NativeTableCell();
        cell.addClassNames("num", row == column ? "equal" : "confused");
        if (times == 0) {
            Span none = new Span("·");
            none.getElement().setAttribute("aria-hidden", "true");
            cell.add(none);
            return cell;
        }
        cell.getStyle().set("--share", Math.round(100.0 * times / all) + "%");
        String figure = String.format(getLocale(), "%,d", times);
        Long one = confusion.classes().get(row);
        Long other = confusion.classes().get(column);
        if (row != column && one != null && other != null && first.getValue().origin() == Origin.PERSON && second.getValue().origin() == Origin.PERSON) {
            Anchor open = new Anchor("projects/" + projectId + "/review?first=" + one + "&second=" + other, figure);
            open.getElement().setAttribute("aria-label", getTranslation("agreement.confusion.open", figure, name(one), name(other)));
            cell.add(open);
        } else {
            cell.setText(figure);
        }
        return cell;
    }
}
