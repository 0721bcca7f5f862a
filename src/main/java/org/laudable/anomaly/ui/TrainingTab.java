package org.laudable.anomaly.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.laudable.anomaly.DetectionView;
import org.laudable.anomaly.TrainingRun;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;

/** How the agent learns: its curves over all trainings of a series, live while one goes on, and each training's figures. */
final class TrainingTab extends Div {
    private final Figures figures;
    private final Select<String> series = new Select<>();
    private final TrainingChart chart;
    private final Paragraph note = new Paragraph();
    private final FigureTable table;
    private DetectionView view;
    private List<TrainingRun> shown;

    TrainingTab(Figures figures) {
        this.figures = figures;
        this.chart = new TrainingChart(figures);
        addClassName("run-body");
        series.setLabel(figures.text("anomaly.training.series"));
        series.addValueChangeListener(change -> draw());
        note.addClassNames("secondary", "small");
        Div head = new Div(new H2(figures.text("anomaly.training")), series);
        head.addClassName("run-card-head");
        Section curves = new Section(head, chart, note);
        curves.addClassNames("card", "training-card");
        table = new FigureTable(figures.text("anomaly.training.list"), 7, figures.text("run.rounds.round"), figures.text("anomaly.training.series"),
                figures.text("anomaly.rounds.answers"), figures.text("anomaly.training.anomalies"), figures.text("anomaly.training.reward"), "λ", "β",
                figures.text("run.rounds.seconds"), figures.text("run.rounds.when"));
        Section list = new Section(new H2(figures.text("anomaly.training.list")), table);
        list.addClassName("card");
        add(curves, list);
    }

    void show(DetectionView run) {
        view = run;
        note.setText(figures.text(run.preset().equals("paper") ? "anomaly.training.note.paper" : "anomaly.training.note"));
        List<String> names = run.trainings().stream().sorted(Comparator.comparing(TrainingRun::trainedAt).reversed()).map(TrainingRun::series)
                .distinct().toList();
        List<String> all = new ArrayList<>(names);
        run.live().filter(live -> !all.contains(live.series()) && !live.curve().isEmpty()).ifPresent(live -> all.addFirst(live.series()));
        if (!all.equals(series.getListDataView().getItems().toList())) {
            String chosen = series.getValue();
            series.setItems(all);
            series.setValue(chosen != null && all.contains(chosen) ? chosen : all.isEmpty() ? null : all.getFirst());
        }
        series.setVisible(all.size() > 1);
        draw();
        list(run.trainings());
    }

    private void draw() {
        if (view == null) {
            return;
        }
        String name = series.getValue();
        List<TrainingChart.Part> parts = new ArrayList<>();
        view.trainings().stream().filter(t -> t.series().equals(name)).forEach(t -> parts.add(new TrainingChart.Part(t.round(), t.series(), t.steps())));
        Optional<DetectionView.Live> live = view.live().filter(one -> one.series().equals(name) && !one.curve().isEmpty());
        live.ifPresent(one -> {
            parts.removeIf(part -> part.round() == view.round());
            parts.add(new TrainingChart.Part(view.round(), one.series(), one.curve()));
        });
        chart.show(parts);
    }

    private void list(List<TrainingRun> trainings) {
        if (trainings.equals(shown)) {
            return;
        }
        shown = trainings;
        table.clear();
        if (trainings.isEmpty()) {
            table.nothing(figures.text("anomaly.training.empty"));
        }
        for (TrainingRun t : trainings.reversed()) {
            table.row(FigureTable.text("v" + t.round()), FigureTable.text(t.series()), FigureTable.number(figures.count(t.answers())),
                    FigureTable.number(figures.count(t.anomalies())), FigureTable.number(figures.percent(t.reward())),
                    FigureTable.number(two(t.lambda())), FigureTable.number(two(t.beta())), FigureTable.number(figures.seconds(t.trainMillis())),
                    FigureTable.number(figures.when(t.trainedAt())));
        }
    }

    private String two(double value) {
        return String.format(figures.locale(), "%.2f", value);
    }
}
