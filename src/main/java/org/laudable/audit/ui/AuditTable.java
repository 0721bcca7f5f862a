package org.laudable.audit.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laudable.audit.AuditEvent;
import org.laudable.audit.AuditFilter;
import org.laudable.audit.AuditTrail;

/** The trail, the newest first, filtered, and the way to it as a file; of one project or of all. */
final class AuditTable extends Div {
    private final AuditTrail trail;
    private final ObjectMapper json;
    private final Optional<Long> projectId;
    private final ZoneId zone = ZoneId.systemDefault();
    private final ComboBox<AuditTrail.Person> person = new ComboBox<>();
    private final Select<String> feature = new Select<>();
    private final DatePicker from = new DatePicker();
    private final DatePicker to = new DatePicker();
    private final TextField text = new TextField();
    private final Span count = new Span();
    private final Anchor csv = new Anchor();
    private final Anchor ndjson = new Anchor();
    private final Grid<AuditEvent> grid = new Grid<>();
    private final Div empty = new Div();

    AuditTable(AuditTrail trail, ObjectMapper json, Optional<Long> projectId) {
        this.trail = trail;
        this.json = json;
        this.projectId = projectId;
        addClassName("audit");
        filters();
        columns();
        empty.addClassName("empty");
        empty.setText(getTranslation("audit.none"));
        count.addClassName("secondary");
        count.getElement().setAttribute("role", "status");
        for (Anchor file : List.of(csv, ndjson)) {
            file.setRouterIgnore(true);
            file.getElement().setAttribute("download", true);
        }
        csv.setText("CSV");
        ndjson.setText("NDJSON");
        Div files = new Div(count, csv, ndjson);
        files.addClassName("audit-files");
        Div filters = new Div(text, person, feature, from, to);
        filters.addClassName("audit-filters");
        add(filters, files, grid, empty);
        refresh();
    }

    private void filters() {
        text.setPlaceholder(getTranslation("audit.text"));
        text.setAriaLabel(getTranslation("audit.text"));
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        person.setItems(trail.people(projectId));
        person.setItemLabelGenerator(AuditTrail.Person::name);
        person.setPlaceholder(getTranslation("audit.everybody"));
        person.setAriaLabel(getTranslation("audit.who"));
        person.setClearButtonVisible(true);
        feature.setItems(trail.features());
        feature.setEmptySelectionAllowed(true);
        feature.setEmptySelectionCaption(getTranslation("audit.everything"));
        feature.setItemLabelGenerator(it -> it == null ? getTranslation("audit.everything") : it);
        feature.setAriaLabel(getTranslation("audit.action"));
        day(from, "audit.from");
        day(to, "audit.to");
        text.addValueChangeListener(change -> refresh());
        person.addValueChangeListener(change -> refresh());
        feature.addValueChangeListener(change -> refresh());
    }

    private void day(DatePicker picker, String key) {
        picker.setPlaceholder(getTranslation(key));
        picker.setAriaLabel(getTranslation(key));
        picker.setClearButtonVisible(true);
        picker.addValueChangeListener(change -> refresh());
    }

    private void columns() {
        DateTimeFormatter moment = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.MEDIUM).withLocale(getLocale()).withZone(zone);
        grid.addThemeVariants(GridVariant.AURA_NO_BORDER);
        grid.addColumn(it -> moment.format(it.at())).setHeader(getTranslation("audit.at")).setWidth("170px").setFlexGrow(0);
        grid.addColumn(it -> it.who().orElse(getTranslation("audit.nobody"))).setHeader(getTranslation("audit.who")).setWidth("160px").setFlexGrow(0);
        grid.addColumn(AuditEvent::action).setHeader(getTranslation("audit.action")).setWidth("200px").setFlexGrow(0);
        grid.addColumn(AuditEvent::subject).setHeader(getTranslation("audit.subject")).setWidth("130px").setFlexGrow(0);
        if (projectId.isEmpty()) {
            grid.addColumn(it -> it.project().or(() -> it.projectId().map(id -> "#" + id)).orElse("")).setHeader(getTranslation("audit.project"))
                    .setWidth("150px").setFlexGrow(0);
        }
        grid.addColumn(it -> String.join(", ", AuditDetails.lines(json, it.details()))).setHeader(getTranslation("audit.details")).setWidth("240px");
        grid.setItemDetailsRenderer(new ComponentRenderer<>(this::all));
        grid.setItems(query -> trail.events(filter(), query.getOffset(), query.getLimit()).stream(), query -> trail.count(filter()));
        grid.getElement().setAttribute("aria-label", getTranslation("audit.title"));
    }

    /** One event in full, below its row. */
    private UnorderedList all(AuditEvent it) {
        UnorderedList lines = new UnorderedList();
        lines.addClassName("audit-event");
        AuditDetails.lines(json, it.details()).forEach(line -> lines.add(new ListItem(line)));
        it.origin().ifPresent(origin -> lines.add(new ListItem(getTranslation("audit.origin", origin))));
        it.token().ifPresent(token -> lines.add(new ListItem(getTranslation("audit.token", token))));
        lines.add(new ListItem(getTranslation("audit.number", Long.toString(it.id()))));
        return lines;
    }

    private AuditFilter filter() {
        return new AuditFilter(Optional.ofNullable(person.getValue()).map(AuditTrail.Person::id), Optional.ofNullable(feature.getValue()), projectId,
                Optional.ofNullable(from.getValue()).map(this::start), Optional.ofNullable(to.getValue()).map(day -> start(day.plusDays(1))),
                Optional.of(text.getValue()).filter(it -> !it.isBlank()));
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** Reads anew. */
    void refresh() {
        int found = trail.count(filter());
        count.setText(getTranslation(found == AuditTrail.COUNTED ? "audit.many" : "audit.count", found));
        grid.setVisible(found > 0);
        empty.setVisible(found == 0);
        grid.getDataProvider().refreshAll();
        csv.setHref("api/v1/audit/events.csv" + query(filter()));
        ndjson.setHref("api/v1/audit/events.ndjson" + query(filter()));
    }

    private static String query(AuditFilter filter) {
        List<String> parts = new ArrayList<>();
        filter.accountId().ifPresent(it -> parts.add("account=" + it));
        filter.feature().ifPresent(it -> parts.add("feature=" + encoded(it)));
        filter.projectId().ifPresent(it -> parts.add("project=" + it));
        filter.from().ifPresent(it -> parts.add("from=" + it));
        filter.to().ifPresent(it -> parts.add("to=" + it));
        filter.text().ifPresent(it -> parts.add("text=" + encoded(it)));
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
