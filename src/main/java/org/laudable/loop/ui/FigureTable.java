package org.laudable.loop.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** A plain table of figures that scrolls sideways by itself on a narrow screen. */
public final class FigureTable extends Div {
    private final NativeTableBody body = new NativeTableBody();
    private final int columns;
    private final Map<Integer, NativeTableRow> keyed = new HashMap<>();
    private OptionalInt chosen = OptionalInt.empty();

    /** @param numeric how many of the last columns hold figures */
    public FigureTable(String name, int numeric, String... headers) {
        columns = headers.length;
        addClassName("run-table");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", name);
        getElement().setAttribute("tabindex", "0");
        NativeTableRow row = new NativeTableRow();
        for (int i = 0; i < headers.length; i++) {
            NativeTableHeaderCell cell = new NativeTableHeaderCell(headers[i]);
            cell.getElement().setAttribute("scope", "col");
            cell.getElement().getClassList().set("num", i >= headers.length - numeric);
            row.add(cell);
        }
        NativeTableHeader head = new NativeTableHeader();
        head.add(row);
        NativeTable table = new NativeTable();
        table.add(head, body);
        add(table);
    }

    public void clear() {
        body.removeAll();
        keyed.clear();
    }

    public NativeTableRow row(Component... cells) {
        NativeTableRow row = new NativeTableRow();
        for (Component cell : cells) {
            row.add(cell);
        }
        body.add(row);
        return row;
    }

    /** A row that can be chosen; a row of the chosen key stays so when the table is filled again. */
    public void keyed(int key, Component... cells) {
        NativeTableRow row = row(cells);
        keyed.put(key, row);
        row.getElement().getClassList().set("chosen", chosen.isPresent() && chosen.getAsInt() == key);
    }

    /** Marks the row of this key, unmarks the others, and brings it into view. */
    public void choose(int key) {
        boolean other = chosen.isEmpty() || chosen.getAsInt() != key;
        chosen = OptionalInt.of(key);
        keyed.forEach((one, row) -> row.getElement().getClassList().set("chosen", one == key));
        if (other && keyed.containsKey(key)) {
            keyed.get(key).scrollIntoView();
        }
    }

    /** One row across all columns: there is nothing yet. */
    public void nothing(String sentence) {
        NativeTableCell cell = new NativeTableCell(sentence);
        cell.getElement().setAttribute("colspan", Integer.toString(columns));
        cell.addClassName("secondary");
        row(cell);
    }

    public static NativeTableCell text(String text) {
        return new NativeTableCell(text);
    }

    public static NativeTableCell number(String text) {
        NativeTableCell cell = new NativeTableCell(text);
        cell.addClassName("num");
        return cell;
    }

    /** A share as a figure with its bar; a dash if it is unknown. */
    public static NativeTableCell bar(Figures figures, Double share) {
        NativeTableCell cell = new NativeTableCell();
        cell.addClassName("num");
        if (share == null) {
            cell.setText(figures.text("run.unknown"));
            return cell;
        }
        Span fill = new Span();
        fill.getStyle().setWidth(Math.round(100 * share) + "%");
        Span bar = new Span(fill);
        bar.addClassName("run-bar");
        bar.getElement().setAttribute("aria-hidden", "true");
        cell.add(new Span(figures.percent(share)), bar);
        return cell;
    }
}
