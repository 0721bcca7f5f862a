package org.laudable.project.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;
import org.laudable.series.SeriesInfo;

/** Downloads of a series project: the anomalies of all series, and the points of one. */
final class SeriesExportLinks extends Div {

    SeriesExportLinks(long projectId, List<SeriesInfo> series) {
        addClassName("section");
        Paragraph text = new Paragraph(getTranslation("series.export.text"));
        text.addClassName("secondary");
        Div links = new Div(link("/api/v1/projects/%d/series/intervals.json".formatted(projectId), "series.export.intervals"),
                link("/api/v1/projects/%d/series/points.zip".formatted(projectId), "series.export.allPoints"));
        links.addClassName("export-links");
        add(new H2(getTranslation("project.export")), text, links);
        if (!series.isEmpty()) {
            ComboBox<SeriesInfo> one = new ComboBox<>(getTranslation("series.export.one"));
            one.setItems(series);
            one.setItemLabelGenerator(SeriesInfo::name);
            one.setValue(series.getFirst());
            Anchor points = link(path(series.getFirst()), "series.export.points");
            one.addValueChangeListener(change -> {
                if (change.getValue() != null) {
                    points.setHref(path(change.getValue()));
                }
            });
            Div row = new Div(one, points);
            row.addClassName("field-row");
            add(row);
        }
    }

    private static String path(SeriesInfo series) {
        return "/api/v1/series/%d/points.csv".formatted(series.id());
    }

    private Anchor link(String path, String key) {
        Anchor link = new Anchor(path, getTranslation(key));
        link.setRouterIgnore(true);
        link.getElement().setAttribute("download", true);
        return link;
    }
}
