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
                link("/api/v1/projects/%d/series/regions.json".formatted(projectId), "series.export.regions"),
                link("/api/v1/projects/%d/series/events.json".formatted(projectId), "series.export.events"),
                link("/api/v1/projects/%d/series/points.zip".formatted(projectId), "series.export.allPoints"),
                link("/api/v1/projects/%d/series/points.zip?format=parquet".formatted(projectId), "series.export.allParquet"));
        links.addClassName("export-links");
        add(new H2(getTranslation("project.export")), text, links);
        if (!series.isEmpty()) {
            ComboBox<SeriesInfo> one = new ComboBox<>(getTranslation("series.export.one"));
            one.setItems(series);
            one.setItemLabelGenerator(SeriesInfo::name);
            one.setValue(series.getFirst());
            Anchor points = link(path(series.getFirst(), "csv"), "series.export.points");
            Anchor parquet = link(path(series.getFirst(), "parquet"), "series.export.parquet");
            one.addValueChangeListener(change -> {
                if (change.getValue() != null) {
                    points.setHref(path(change.getValue(), "csv"));
                    parquet.setHref(path(change.getValue(), "parquet"));
                }
            });
            Div row = new Div(one, points, parquet);
            row.addClassName("field-row");
            add(row);
        }
    }

    private static String path(SeriesInfo series, String format) {
        return "/api/v1/series/%d/points.%s".formatted(series.id(), format);
    }

    private Anchor link(String path, String key) {
        Anchor link = new Anchor(path, getTranslation(key));
        link.setRouterIgnore(true);
        link.getElement().setAttribute("download", true);
        return link;
    }
}
