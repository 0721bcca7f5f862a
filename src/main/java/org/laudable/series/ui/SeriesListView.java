package org.laudable.series.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.renderer.TextRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesRange;
import org.laudable.series.SeriesService;
import org.laudable.ui.ProjectPage;

/** All series of a project: how they look, how long they are, what is odd about them. */
@Route("projects/:projectId/series")
@PermitAll
public class SeriesListView extends ProjectPage {
    private static final int SKETCH_WIDTH = 160;

    private final transient SeriesService series;
    private final transient ProjectEvents events;
    private final TextField search = new TextField();
    private final Span count = new Span();
    private final Grid<SeriesInfo> grid = new Grid<>();
    private final Div empty = new Div();
    private transient List<SeriesInfo> all = List.of();
    private transient Runnable unsubscribe = () -> { };

    SeriesListView(ProjectAccess access, SeriesService series, ProjectEvents events) {
        super(access, Role.REVIEWER, "ui.series");
        this.series = series;
        this.events = events;
        search.setPlaceholder(getTranslation("series.search"));
        search.setAriaLabel(getTranslation("series.search"));
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addClassName("wide");
        search.addValueChangeListener(change -> filter());
        columns();
    }

    @Override
    protected void build() {
        count.addClassNames("secondary", "num");
        Anchor versions = new Anchor("projects/" + projectId() + "/snapshots", getTranslation("snapshot.title"));
        Div head = new Div(new H1(getTranslation("ui.series")), count, versions);
        head.addClassName("page-head");
        Div filters = new Div(search);
        filters.addClassName("filters");
        empty.removeAll();
        empty.addClassName("empty");
        empty.add(new Paragraph(getTranslation("series.list.empty")));
        grid.addClassName("series-grid");
        add(head, filters, grid, empty);
        refresh();
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        UI page = attached.getUI();
        unsubscribe = events.subscribe(projectId(), kind -> {
            if (kind == ProjectEvents.Kind.IMPORT) {
                page.access(this::refresh);
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        unsubscribe.run();
    }

    private void columns() {
        Grid.Column<SeriesInfo> name = grid.addColumn(new ComponentRenderer<>(this::link)).setHeader(getTranslation("series.column.name")).setFlexGrow(3)
                .setWidth("180px").setComparator(Comparator.comparing(SeriesInfo::name)).setSortable(true);
        grid.addColumn(new ComponentRenderer<>(this::sketch)).setHeader(getTranslation("series.column.look")).setFlexGrow(2).setWidth("200px");
        grid.addColumn(new TextRenderer<>(one -> String.format(getLocale(), "%,d", one.points()))).setHeader(getTranslation("series.column.points"))
                .setFlexGrow(0).setWidth("120px").setComparator(Comparator.comparingInt(SeriesInfo::points)).setSortable(true);
        grid.addColumn(new TextRenderer<>(one -> Integer.toString(one.channels().size()))).setHeader(getTranslation("series.column.channels"))
                .setFlexGrow(0).setWidth("110px").setComparator(Comparator.comparingInt(one -> one.channels().size())).setSortable(true);
        grid.addColumn(new TextRenderer<>(one -> Spans.span(one.startsAt(), one.endsAt(), one.zone()))).setHeader(getTranslation("series.column.span"))
                .setFlexGrow(0).setWidth("280px").setComparator(Comparator.comparing(SeriesInfo::startsAt)).setSortable(true);
        grid.addColumn(new TextRenderer<>(one -> Spans.step(one.stepSeconds(), getLocale()))).setHeader(getTranslation("series.column.step"))
                .setFlexGrow(0).setWidth("90px").setComparator(Comparator.comparingDouble(SeriesInfo::stepSeconds)).setSortable(true);
        grid.addColumn(new ComponentRenderer<>(this::findings)).setHeader(getTranslation("series.column.findings")).setFlexGrow(1)
                .setWidth("150px").setComparator(Comparator.comparingInt(one -> one.findings().size())).setSortable(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.sort(List.of(new GridSortOrder<>(name, SortDirection.ASCENDING)));
    }

    private Component link(SeriesInfo one) {
        Anchor link = new Anchor("projects/" + one.projectId() + "/series/" + one.id(), one.name());
        link.addClassName("series-name");
        return link;
    }

    private Component sketch(SeriesInfo one) {
        List<SeriesRange.Extremes> shown = series.range(one.id(), 0, one.points(), SKETCH_WIDTH, Set.of(liveliest(one))).channels();
        return new Sketch(new double[][] {shown.getFirst().min(), shown.getFirst().max()}, List.of(), getTranslation("series.preview.sketch",
                shown.getFirst().channel().name(), one.name()));
    }

    private static int liveliest(SeriesInfo one) {
        return one.channels().stream().filter(channel -> !channel.constant()).findFirst().orElse(one.channels().getFirst()).ordinal();
    }

    private Component findings(SeriesInfo one) {
        if (one.findings().isEmpty()) {
            Span fine = new Span(getTranslation("series.findings.none"));
            fine.addClassName("secondary");
            return fine;
        }
        Span chip = new Span(getTranslation("series.findings.count", one.findings().size()));
        chip.addClassNames("chip", "warn");
        chip.setTitle(String.join("\n", one.findings().stream().map(finding -> Findings.sentence(this, finding)).toList()));
        return chip;
    }

    private void refresh() {
        all = series.ofProject(projectId());
        count.setText(getTranslation("series.list.count", all.size(), all.stream().mapToLong(SeriesInfo::points).sum()));
        filter();
    }

    private void filter() {
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<SeriesInfo> shown = all.stream().filter(one -> wanted.isEmpty() || one.name().toLowerCase(Locale.ROOT).contains(wanted)
                || one.channels().stream().anyMatch(channel -> channel.name().toLowerCase(Locale.ROOT).contains(wanted))).toList();
        grid.setItems(shown);
        grid.setVisible(!all.isEmpty());
        empty.setVisible(all.isEmpty());
    }
}
