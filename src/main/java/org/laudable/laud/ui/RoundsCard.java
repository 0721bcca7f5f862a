package org.laudable.laud.ui;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import java.util.List;
import org.laudable.laud.RunView;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;

/** Every round's figures, newest first: the learning curve as a table. */
final class RoundsCard extends Section {
    private final Figures figures;
    private final FigureTable table;
    private List<RunView.Round> shown;

    RoundsCard(Figures figures) {
        this.figures = figures;
        addClassName("card");
        table = new FigureTable(figures.text("run.rounds"), 6, figures.text("run.rounds.round"), figures.text("run.rounds.labels"),
                figures.text("run.rounds.accuracy"), figures.text("run.rounds.macroF1"), figures.text("run.rounds.seconds"),
                figures.text("run.rounds.cost"), figures.text("run.rounds.when"));
        add(new H2(figures.text("run.rounds")), table);
    }

    void show(RunView run) {
        if (run.rounds().equals(shown)) {
            return;
        }
        shown = run.rounds();
        table.clear();
        if (shown.isEmpty()) {
            table.nothing(figures.text("run.rounds.none"));
        }
        for (RunView.Round round : shown.reversed()) {
            String name = round.number() == 0 ? figures.text("run.rounds.zero") : "v" + round.number();
            table.keyed(round.number(), FigureTable.text(name), FigureTable.number(figures.count(round.labels())),
                    FigureTable.number(figures.figure(round.accuracy())), FigureTable.number(figures.figure(round.macroF1())),
                    FigureTable.number(figures.seconds(round.trainMillis())), FigureTable.number(figures.money(round.costMicros(), run.budget().currency())),
                    FigureTable.number(figures.when(round.trainedAt())));
        }
    }

    /** Marks a round and brings it into view. */
    void choose(int number) {
        table.choose(number);
    }
}
