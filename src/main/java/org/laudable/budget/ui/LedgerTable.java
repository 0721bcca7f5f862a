package org.laudable.budget.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import java.util.Optional;
import org.laudable.budget.LedgerFilter;
import org.laudable.budget.LedgerLine;
import org.laudable.budget.Source;
import org.laudable.budget.SpendingService;
import org.laudable.loop.ui.Figures;

/** The ledger, the newest entry first, read as one scrolls; and the way to it as a file. */
final class LedgerTable extends Section {
    private final SpendingService spending;
    private final long projectId;
    private final Figures figures;
    private final Select<String> kind = new Select<>();
    private final Select<Source> source = new Select<>();
    private final Grid<LedgerLine> grid = new Grid<>();
    private final Paragraph empty = new Paragraph();

    LedgerTable(SpendingService spending, long projectId, String currency, Figures figures) {
        this.spending = spending;
        this.projectId = projectId;
        this.figures = figures;
        addClassNames("card", "ledger");
        filter(kind, "budget.ledger.kind", "budget.ledger.allKinds");
        kind.setItems("RESERVE", "SETTLE", "RELEASE", "REVERSE");
        kind.setItemLabelGenerator(it -> figures.text(it == null ? "budget.ledger.allKinds" : "budget.kind." + it));
        filter(source, "budget.ledger.source", "budget.ledger.allSources");
        source.setItems(Source.values());
        source.setItemLabelGenerator(it -> figures.text(it == null ? "budget.ledger.allSources" : "budget.source." + it));
        Anchor file = new Anchor("api/v1/projects/" + projectId + "/ledger.csv", figures.text("budget.ledger.csv"));
        file.setRouterIgnore(true);
        file.getElement().setAttribute("download", true);
        Div actions = new Div(kind, source, file);
        actions.addClassName("actions");
        Div head = new Div(new H2(figures.text("budget.ledger")), actions);
        head.addClassName("page-head");
        grid.addThemeVariants(GridVariant.AURA_NO_BORDER);
        grid.addColumn(it -> figures.when(it.at())).setHeader(figures.text("budget.ledger.at")).setWidth("180px").setFlexGrow(0);
        grid.addColumn(it -> figures.text("budget.kind." + it.kind())).setHeader(figures.text("budget.ledger.kind")).setWidth("130px").setFlexGrow(0);
        grid.addColumn(it -> it.who().orElse(figures.text("budget.source." + it.source()))).setHeader(figures.text("budget.ledger.who")).setWidth("170px");
        grid.addColumn(it -> figures.money(it.micros(), currency)).setHeader(figures.text("budget.ledger.amount")).setWidth("120px").setFlexGrow(0)
                .setTextAlign(ColumnTextAlign.END);
        grid.addColumn(it -> it.note().orElse("")).setHeader(figures.text("budget.ledger.note")).setWidth("160px");
        grid.setHeight("380px");
        grid.setItems(query -> spending.lines(projectId, filter(), query.getOffset(), query.getLimit()).stream(),
                query -> spending.count(projectId, filter()));
        empty.setText(figures.text("budget.ledger.empty"));
        empty.addClassName("secondary");
        add(head, grid, empty);
        refresh();
    }

    private <T> void filter(Select<T> select, String labelKey, String allKey) {
        select.setEmptySelectionAllowed(true);
        select.setEmptySelectionCaption(figures.text(allKey));
        select.setAriaLabel(figures.text(labelKey));
        select.addValueChangeListener(change -> refresh());
    }

    private LedgerFilter filter() {
        return new LedgerFilter(Optional.ofNullable(kind.getValue()), Optional.ofNullable(source.getValue()));
    }

    /** Shows the first entries once there are some; later ones wait, so that nothing moves under the reader. */
    void noticed() {
        if (!grid.isVisible()) {
            refresh();
        }
    }

    void refresh() {
        boolean some = spending.count(projectId, filter()) > 0;
        grid.setVisible(some);
        empty.setVisible(!some);
        grid.getDataProvider().refreshAll();
    }
}
