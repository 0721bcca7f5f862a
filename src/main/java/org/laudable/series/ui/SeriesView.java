package org.laudable.series.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** One series: its chart, its channels, and the events that explain what is odd in it. */
@Route("projects/:projectId/series/:seriesId([0-9]{1,18})")
@PermitAll
public class SeriesView extends ProjectPage {
    private final transient SeriesService series;
    private final transient Notices notices;

    SeriesView(ProjectAccess access, SeriesService series, Notices notices) {
        super(access, Role.ANNOTATOR, "ui.oneSeries");
        this.series = series;
        this.notices = notices;
    }

    @Override
    protected void build() {
        long id = parameter("seriesId").orElseThrow(NotFoundException::new);
        SeriesInfo info = series.find(id);
        if (info.projectId() != projectId()) {
            throw new NotFoundException();
        }
        Span size = new Span(getTranslation("series.one.size", info.points(), info.channels().size(), Spans.step(info.stepSeconds(), getLocale())));
        size.addClassNames("secondary", "num");
        Div title = new Div(new H1(info.name()), size);
        title.addClassName("title-line");
        Div head = new Div(title);
        head.addClassName("page-head");
        Paragraph span = new Paragraph(Spans.span(info.startsAt(), info.endsAt(), info.zone()) + " · " + info.zone().getId());
        span.addClassNames("secondary", "num");
        add(head, span);
        if (!info.findings().isEmpty()) {
            Div note = new Div(new Findings(info.findings()));
            note.addClassNames("note", "warn");
            add(note);
        }
        SeriesChart chart = new SeriesChart();
        chart.show(info.id());
        Div frame = new Div(chart);
        frame.addClassName("series-chart-frame");
        add(frame, new EventPanel(info, role().includes(Role.REVIEWER), series, notices, chart::refresh), section("series.channels",
                new ChannelTable(info, role() == Role.MANAGER, series, notices)));
        if (role() == Role.MANAGER) {
            add(managing(info));
        }
    }

    private Component section(String key, Component content) {
        Div section = new Div(new H2(getTranslation(key)), content);
        section.addClassName("section");
        return section;
    }

    private Component managing(SeriesInfo info) {
        Anchor points = new Anchor("/api/v1/series/%d/points.csv".formatted(info.id()), getTranslation("series.export.points"));
        points.setRouterIgnore(true);
        points.getElement().setAttribute("download", true);
        Button delete = new Button(getTranslation("series.delete"), click -> confirmDelete(info));
        delete.addThemeVariants(ButtonVariant.ERROR, ButtonVariant.TERTIARY);
        Div row = new Div(points, delete);
        row.addClassName("series-managing");
        return row;
    }

    private void confirmDelete(SeriesInfo info) {
        Dialog dialog = new Dialog(getTranslation("series.delete.title", info.name()));
        TextField name = new TextField(getTranslation("series.delete.type", info.name()));
        name.setWidthFull();
        Div body = new Div(new Paragraph(getTranslation("series.delete.text")), name);
        body.addClassName("dialog-body");
        dialog.add(body);
        Button confirm = new Button(getTranslation("series.delete"), click -> {
            series.delete(info.id(), name.getValue());
            dialog.close();
            UI.getCurrent().navigate("projects/" + info.projectId() + "/series");
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        dialog.getFooter().add(new Button(getTranslation("project.cancel"), click -> dialog.close()), confirm);
        dialog.open();
    }
}
