package org.laudable.series.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.time.ZoneId;
import org.laudable.series.SeriesPreview;

/** One series of a draft: a small drawing, its size and step, and what is odd about it. */
final class PreviewCard extends Div {

    PreviewCard(SeriesPreview series, ZoneId zone) {
        addClassName("preview-card");
        Span name = new Span(series.name());
        name.addClassName("series-name");
        Div head = new Div(name);
        head.addClassName("preview-head");
        add(head);
        if (series.problem() != null) {
            Paragraph problem = new Paragraph(getTranslation("series.preview.leftOut", series.problem()));
            problem.addClassNames("note", "warn");
            add(problem);
        }
        if (series.points() == 0) {
            return;
        }
        Span size = new Span(getTranslation(series.whole() ? "series.preview.points" : "series.preview.firstPoints", series.points(),
                series.channels().size(), Spans.step(series.stepSeconds(), getLocale())));
        size.addClassNames("small", "secondary", "num");
        head.add(size);
        for (int c = 0; c < series.sketches().size(); c++) {
            String channel = series.channels().get(c);
            Sketch sketch = new Sketch(series.sketches().get(c), series.anomalous(), getTranslation("series.preview.sketch", channel, series.name()));
            Span label = new Span(channel);
            label.addClassNames("small", "secondary", "sketch-name");
            Div row = new Div(label, sketch);
            row.addClassName("sketch-row");
            add(row);
        }
        Span span = new Span(Spans.span(series.startsAt(), series.endsAt(), zone));
        span.addClassNames("small", "secondary", "num");
        add(span);
        if (series.channels().size() > series.sketches().size()) {
            Span more = new Span(getTranslation("series.preview.moreChannels", series.channels().size() - series.sketches().size()));
            more.addClassNames("small", "secondary");
            add(more);
        }
        if (!series.findings().isEmpty()) {
            add(new Findings(series.findings()));
        }
    }
}
