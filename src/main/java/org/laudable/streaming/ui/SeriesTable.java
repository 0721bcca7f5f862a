package org.laudable.streaming.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;
import org.laudable.streaming.LiveBoard;

/** Each series: its last scores, how fast and how late points come, whether its scores drift. */
final class SeriesTable extends Section {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 28;
    private static final double LOUD = .5;

    private final Figures figures;
    private final FigureTable table;

    SeriesTable(Figures figures) {
        this.figures = figures;
        addClassNames("card", "live-series");
        table = new FigureTable(figures.text("live.series"), 6, figures.text("live.series.name"), figures.text("live.series.scores"), figures.text("live.series.points"),
                figures.text("live.series.rate"), figures.text("live.series.last"), figures.text("live.series.delay"), figures.text("live.series.odd"), figures.text("live.series.drift"));
        add(new H2(figures.text("live.series")), table);
    }

    void show(LiveBoard board) {
        table.clear();
        if (board.series().isEmpty()) {
            table.nothing(figures.text("live.series.none"));
        }
        for (LiveBoard.Line line : board.series()) {
            table.row(name(line), scores(line), FigureTable.number(figures.count(line.points())), FigureTable.number(rate(line)),
                    FigureTable.number(line.lastAt() == null ? "–" : figures.when(line.lastAt(), ZoneId.of(line.zone()))),
                    FigureTable.number(line.lastAt() == null ? "–" : delay(line)), FigureTable.number(odd(line)), drift(line));
        }
    }

    private NativeTableCell name(LiveBoard.Line line) {
        NativeTableCell cell = new NativeTableCell(new Span(line.name()));
        if (!line.known()) {
            Span unknown = new Span(figures.text("live.series.unknown"));
            unknown.addClassNames("secondary", "small");
            cell.add(new Div(unknown));
        }
        return cell;
    }

    private String rate(LiveBoard.Line line) {
        return line.points() == 0 ? "–" : String.format(figures.locale(), line.rate() < 10 ? "%.1f" : "%.0f", line.rate());
    }

    private String delay(LiveBoard.Line line) {
        Duration delay = Duration.between(line.lastAt(), line.seenAt());
        return delay.isNegative() || delay.toSeconds() < 1 ? figures.text("live.series.now") : figures.duration(delay);
    }

    private String odd(LiveBoard.Line line) {
        return figures.text("live.series.odd.counts", figures.count(line.late()), figures.count(line.duplicates()), figures.count(line.gaps()));
    }

    private NativeTableCell drift(LiveBoard.Line line) {
        NativeTableCell cell = FigureTable.number(line.drift() == null ? figures.text("live.drift.early") : String.format(figures.locale(), "%.2f", line.drift()));
        if (line.drifted()) {
            Span mark = new Span(figures.text("live.drift.shifted"));
            mark.addClassName("live-drifted");
            cell.add(new Div(mark));
        }
        return cell;
    }

    private Component scores(LiveBoard.Line line) {
        NativeTableCell cell = new NativeTableCell();
        List<Float> recent = line.recent();
        if (recent.size() < 2) {
            cell.setText("–");
            return cell;
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < recent.size(); i++) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", i * (WIDTH - 2.0) / (recent.size() - 1) + 1, HEIGHT - 2 - recent.get(i) * (HEIGHT - 4)));
        }
        Svg svg = new Svg("<svg xmlns=\"http://www.w3.org/2000/svg\" preserveAspectRatio=\"none\" viewBox=\"0 0 %d %d\"><path vector-effect=\"non-scaling-stroke\" d=\"%s\"/></svg>"
                .formatted(WIDTH, HEIGHT, path));
        Div drawing = new Div(svg);
        drawing.addClassName("live-scores");
        drawing.getElement().setAttribute("role", "img");
        double most = recent.stream().mapToDouble(Float::doubleValue).max().orElse(0);
        drawing.getElement().setAttribute("aria-label", figures.text("live.series.scores.said", figures.count(recent.size()), figures.percent(most)));
        drawing.getElement().getClassList().set("live-loud", most > LOUD);
        cell.add(drawing);
        return cell;
    }
}
