package org.laudable.anomaly.ui;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import java.util.List;
import org.laudable.anomaly.DetectionView;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;

/** Every round's figures, newest first. */
final class DetectionRounds extends Section {
    private final Figures figures;
    private final FigureTable table;
    private List<DetectionView.RoundLine> shown;

    DetectionRounds(Figures figures) {
        this.figures = figures;
        addClassName("card");
        table = new FigureTable(figures.text("run.rounds"), 8, figures.text("run.rounds.round"), figures.text("anomaly.rounds.answers"),
                figures.text("anomaly.rounds.learned"), figures.text("anomaly.rounds.flagged"), figures.text("anomaly.curve.accuracy"),
                figures.text("anomaly.curve.macroF1"), figures.text("run.rounds.seconds"), figures.text("run.rounds.cost"), figures.text("run.rounds.when"));
        add(new H2(figures.text("run.rounds")), table);
    }

    void show(DetectionView run) {
        if (run.rounds().equals(shown)) {
            return;
        }
        shown = run.rounds();
        table.clear();
        if (shown.isEmpty()) {
            table.nothing(figures.text("anomaly.rounds.none"));
        }
        for (DetectionView.RoundLine round : shown.reversed()) {
            String name = round.number() == 0 ? figures.text("anomaly.rounds.zero") : "v" + round.number();
            table.keyed(round.number(), FigureTable.text(name), FigureTable.number(figures.count(round.answers())),
                    FigureTable.number(figures.count(round.learned())), FigureTable.number(figures.count(round.anomalies())),
                    FigureTable.number(figures.figure(round.quality().agreement())), FigureTable.number(figures.figure(round.quality().precision())),
                    FigureTable.number(figures.seconds(round.trainMillis())), FigureTable.number(figures.money(round.costMicros(), run.budget().currency())),
                    FigureTable.number(figures.when(round.trainedAt())));
        }
    }

    /** Marks a round and brings it into view. */
    void choose(int number) {
        table.choose(number);
    }
}
