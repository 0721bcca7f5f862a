package org.laudable.dataset.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.dataset.ItemFilter;
import org.laudable.dataset.ItemService;
import org.laudable.dataset.ItemSummary;
import org.laudable.dataset.Origin;
import org.laudable.labeling.Assignment;
import org.laudable.labeling.BulkService;
import org.laudable.live.ProjectEvents;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** All items of a project: search, filter, and the full history of one in a drawer. */
@Route("projects/:projectId/items")
@PermitAll
public class ItemsView extends ProjectPage {
    private final transient ItemService items;
    private final transient ProjectService projects;
    private final transient ProjectEvents events;
    private final transient BulkBar bulk;
    private transient Runnable unsubscribe = () -> { };

    private final TextField search = new TextField();
    private final Select<ItemFilter.Status> status = new Select<>();
    private final ComboBox<LabelClass> labelClass = new ComboBox<>();
    private final ComboBox<Origin> origin = new ComboBox<>();
    private final IntegerField from = new IntegerField();
    private final IntegerField to = new IntegerField();
    private final Select<ItemFilter.Order> order = new Select<>();
    private final Span count = new Span();
    private final Grid<ItemSummary> grid = new Grid<>();
    private final Div empty = new Div();
    private transient ItemDrawer drawer;
    private Map<Long, String> classNames = Map.of();

    ItemsView(ProjectAccess access, ItemService items, ProjectService projects, BulkService bulk, Assignment assignment,
            ProjectEvents events, Notices notices) {
        super(access, Role.REVIEWER, "ui.items");
        this.items = items;
        this.projects = projects;
        this.events = events;
        this.bulk = new BulkBar(bulk, assignment, notices, this::refresh);
        fields();
        columns();
    }

    @Override
    protected void build() {
        classNames = projects.classes(projectId()).stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        labelClass.setItems(projects.classes(projectId()));
        bulk.show(projectId(), role() == Role.MANAGER, projects.classes(projectId()).stream().collect(Collectors.toMap(LabelClass::id, Function.identity())), this::filter);
        bulk.setVisible(projects.find(projectId()).kind() == ProjectKind.TEXT && projects.find(projectId()).state() == ProjectState.ACTIVE);
        drawer = new ItemDrawer(() -> grid.deselectAll());
        H1 title = new H1(getTranslation("ui.items"));
        count.addClassNames("secondary", "num");
        Anchor versions = new Anchor("projects/" + projectId() + "/snapshots", getTranslation("snapshot.title"));
        Div head = new Div(title, count, versions);
        head.addClassName("page-head");
        Div filters = new Div(search, status, labelClass, origin, from, to, order, clear());
        filters.addClassName("filters");
        empty.removeAll();
        empty.addClassName("empty");
        empty.add(new Paragraph(getTranslation("dataset.items.empty")));
        Div list = new Div(grid, empty);
        list.addClassName("items-list");
        Div layout = new Div(list, drawer);
        layout.addClassName("items-layout");
        add(head, filters, bulk, layout);
        refresh();
    }

    private void fields() {
        search.setPlaceholder(getTranslation("dataset.items.search"));
        search.setAriaLabel(getTranslation("dataset.items.search"));
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addClassName("wide");
        status.setItems(ItemFilter.Status.values());
        status.setItemLabelGenerator(one -> getTranslation("dataset.status." + one));
        status.setValue(ItemFilter.Status.ALL);
        status.setAriaLabel(getTranslation("dataset.items.status"));
        labelClass.setItemLabelGenerator(LabelClass::name);
        labelClass.setPlaceholder(getTranslation("dataset.items.class"));
        labelClass.setAriaLabel(getTranslation("dataset.items.class"));
        labelClass.setClearButtonVisible(true);
        origin.setItems(Origin.values());
        origin.setItemLabelGenerator(one -> getTranslation("dataset.origin." + one));
        origin.setPlaceholder(getTranslation("dataset.items.origin"));
        origin.setAriaLabel(getTranslation("dataset.items.origin"));
        origin.setClearButtonVisible(true);
        percent(from, "dataset.items.from");
        percent(to, "dataset.items.to");
        order.setItems(ItemFilter.Order.values());
        order.setItemLabelGenerator(one -> getTranslation("dataset.order." + one));
        order.setValue(ItemFilter.Order.FILE);
        order.setAriaLabel(getTranslation("dataset.items.order"));
        search.addValueChangeListener(change -> refresh());
        status.addValueChangeListener(change -> refresh());
        labelClass.addValueChangeListener(change -> refresh());
        origin.addValueChangeListener(change -> refresh());
        from.addValueChangeListener(change -> refresh());
        to.addValueChangeListener(change -> refresh());
        order.addValueChangeListener(change -> refresh());
    }

    private void percent(IntegerField field, String key) {
        field.setPlaceholder(getTranslation(key));
        field.setAriaLabel(getTranslation(key + ".full"));
        field.setSuffixComponent(new Span("%"));
        field.setMin(0);
        field.setMax(100);
        field.setClearButtonVisible(true);
        field.addClassName("narrow");
        field.setValueChangeMode(ValueChangeMode.LAZY);
    }

    private Button clear() {
        Button clear = new Button(getTranslation("dataset.items.clear"), click -> {
            search.clear();
            status.setValue(ItemFilter.Status.ALL);
            labelClass.clear();
            origin.clear();
            from.clear();
            to.clear();
            order.setValue(ItemFilter.Order.FILE);
        });
        clear.addThemeVariants(ButtonVariant.TERTIARY);
        return clear;
    }

    private void columns() {
        grid.addColumn(new ComponentRenderer<>(this::text)).setHeader(getTranslation("dataset.items.text")).setFlexGrow(5).setWidth("280px");
        grid.addColumn(new ComponentRenderer<>(this::label)).setHeader(getTranslation("dataset.items.label")).setFlexGrow(2).setWidth("180px");
        grid.addColumn(new ComponentRenderer<>(this::confidence)).setHeader(getTranslation("dataset.items.confidence")).setFlexGrow(0).setWidth("110px");
        grid.addColumn(new ComponentRenderer<>(item -> item.labeledAt() == null ? new Span() : new When(item.labeledAt())))
                .setHeader(getTranslation("dataset.items.labeled")).setFlexGrow(0).setWidth("120px");
        grid.asSingleSelect().addValueChangeListener(change -> {
            if (change.getValue() == null) {
                drawer.hide();
            } else {
                drawer.show(items.history(projectId(), change.getValue().id()));
            }
        });
    }

    private Component text(ItemSummary item) {
        Span text = new Span(item.text());
        text.addClassName("item-text");
        text.getElement().setAttribute("dir", "auto");
        if (!item.audit()) {
            return text;
        }
        Span audit = new Span();
        audit.addClassNames("origin", "gold");
        audit.setTitle(getTranslation("dataset.items.audit"));
        Div both = new Div(audit, text);
        both.addClassName("item-cell");
        return both;
    }

    private Component label(ItemSummary item) {
        if (item.outcome() == null) {
            Span open = new Span(item.predictedClassId() == null ? "–"
                    : getTranslation("dataset.items.predicted", classNames.getOrDefault(item.predictedClassId(), "?")));
            open.addClassName("secondary");
            return open;
        }
        String name = item.outcome().equals("NONE") ? getTranslation("dataset.none") : classNames.getOrDefault(item.classId(), "?");
        return new OriginMark(item.origin(), name);
    }

    private Component confidence(ItemSummary item) {
        Float value = item.confidence() == null ? item.predictedConfidence() : item.confidence();
        Span span = new Span(value == null ? "" : String.format(getLocale(), "%.0f %%", value * 100));
        span.addClassName("num");
        return span;
    }

    private void refresh() {
        if (projectId() == 0) {
            return;
        }
        ItemFilter filter = filter();
        ItemFilter all = new ItemFilter("", ItemFilter.Status.ALL, null, null, null, null, filter.order());
        long found = items.count(projectId(), filter.equals(all) ? ItemFilter.ALL : filter);
        grid.setItems(query -> items.page(projectId(), filter, query.getOffset(), query.getLimit()).stream(), query -> (int) found);
        count.setText(getTranslation("dataset.items.count", found));
        grid.setVisible(found > 0);
        empty.setVisible(found == 0);
        bulk.refresh(found);
    }

    private ItemFilter filter() {
        return new ItemFilter(search.getValue(), status.getValue(), labelClass.getOptionalValue().map(LabelClass::id).orElse(null),
                origin.getValue(), from.getValue() == null ? null : from.getValue() / 100f,
                to.getValue() == null ? null : to.getValue() / 100f, order.getValue());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        var page = event.getUI();
        unsubscribe = events.subscribe(projectId(), kind -> {
            if (kind == ProjectEvents.Kind.ANSWERS) {
                page.access(() -> bulk.refresh(items.count(projectId(), filter())));
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        unsubscribe.run();
        super.onDetach(event);
    }
}
