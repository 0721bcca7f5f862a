package org.laudable.budget.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import org.laudable.engine.evaluation.LabelScenarios;
import org.laudable.engine.evaluation.LabelScenarios.Goal;
import org.laudable.engine.evaluation.LabelScenarios.Scenario;
import org.laudable.engine.evaluation.LearningForecast.Estimate;
import org.laudable.laud.LabelWays;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;

/** People, a language model, or both: what each way to label further takes; once enough of the model's answers are audited. */
final class WaysCard extends Section {
    private final Figures figures;
    private final Ranges ranges;
    private final Paragraph said = new Paragraph();
    private final FigureTable table;
    private final Anchor lead;
    private final Paragraph basis = new Paragraph();
    private final long projectId;

    WaysCard(Figures figures, long projectId) {
        this.figures = figures;
        this.ranges = new Ranges(figures);
        this.projectId = projectId;
        addClassNames("card", "ways");
        table = new FigureTable(t("title"), 6, t("way"), t("accuracy"), t("hundred"), t("work"), t("labels"), t("money"), t("time"));
        lead = new Anchor("", "");
        basis.addClassNames("secondary", "small");
        add(new H2(t("title")), said, lead, table, basis);
    }

    private String t(String key, Object... arguments) {
        return figures.text("budget.ways." + key, arguments);
    }

    void show(LabelWays ways, String currency) {
        boolean some = !ways.ways().isEmpty();
        table.setVisible(some);
        basis.setVisible(some);
        lead.setVisible(!some);
        table.clear();
        if (!some) {
            lead.setHref("projects/" + projectId + (ways.model().isEmpty() ? "/settings" : "/prompts"));
            lead.setText(ways.model().isEmpty() ? t("toSettings") : t("toPrompts"));
            said.setText(ways.model().isEmpty() ? t("noModel") : t("missing", ways.model().get(), figures.count(LabelScenarios.AUDITED_NEEDED),
                    figures.count(ways.audited()), figures.count(ways.missing())));
            return;
        }
        said.setText(ways.target().isEmpty() ? t("noTarget") : ways.forecast() ? t("toTarget", figures.wholePercent(ways.target().get())) : t("noCurve"));
        boolean unchecked = ways.gold() < LabelScenarios.CHECKED_NEEDED;
        ways.ways().forEach(way -> row(way, unchecked && way.way() == LabelScenarios.Way.PEOPLE, currency));
        basis.setText(t("basis", ways.model().orElseThrow(), figures.count(ways.wrong()), figures.count(ways.audited()))
                + (unchecked ? " " + t("peopleRight") : ""));
    }

    /** @param assumed its labels are taken as right */
    private void row(Scenario way, boolean assumed, String currency) {
        String unknown = figures.text("run.unknown");
        String name = way.way() == LabelScenarios.Way.HYBRID ? t("HYBRID", figures.percent(way.toPeople().middle())) : t(way.way().name());
        NativeTableCell labels = FigureTable.number(way.goal().map(Goal::labels).map(ranges::count).orElse(unknown));
        table.row(FigureTable.text(name), FigureTable.number(assumed ? t("assumed") : ranges.percent(way.accuracy())),
                FigureTable.number(ranges.money(hundred(way.micros()), currency)), FigureTable.number(ranges.time(hundred(way.seconds()))),
                labels, FigureTable.number(way.goal().map(goal -> ranges.money(goal.micros(), currency)).orElse(unknown)),
                FigureTable.number(way.goal().map(goal -> ranges.time(goal.seconds())).orElse(unknown)));
    }

    private static Estimate hundred(Estimate one) {
        return new Estimate(100 * one.low(), 100 * one.middle(), 100 * one.high());
    }
}
