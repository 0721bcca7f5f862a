package org.laudable.budget.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.laudable.budget.Spending;
import org.laudable.loop.ui.Figures;

/** What was spent in all, day by day, against the cap; drawn by the browser. */
@Tag("burn-chart")
@NpmPackage(value = "uplot", version = "1.6.32")
@JsModule("./burn-chart.ts")
final class BurnChart extends Component {
    private final Figures figures;
    private Burn shown;

    /** Seconds of each day's start, and the sums up to its end. */
    record Burn(List<Long> days, List<Double> people, List<Double> all, Double cap, String currency, String locale, Words words) {}

    record Words(String title, String people, String models, String cap, String empty, String summary) {}

    BurnChart(Figures figures) {
        this.figures = figures;
    }

    void show(Spending spending) {
        List<Long> days = new ArrayList<>();
        List<Double> people = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        long peopleSum = 0;
        long sum = 0;
        for (Spending.Day day : spending.days()) {
            if (days.isEmpty()) {
                days.add(day.day().minusDays(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
                people.add(0.0);
                all.add(0.0);
            }
            peopleSum += day.peopleMicros();
            sum += day.micros();
            days.add(day.day().atStartOfDay().toEpochSecond(ZoneOffset.UTC));
            people.add(peopleSum / 1e6);
            all.add(sum / 1e6);
        }
        Words words = new Words(figures.text("budget.burn"), figures.text("budget.source.PERSON"), figures.text("budget.source.LLM"),
                figures.text("budget.cap"), figures.text("budget.burn.empty"),
                figures.text("budget.burn.summary", figures.money(sum, spending.currency())));
        Burn burn = new Burn(days, people, all, spending.capMicros().isPresent() ? spending.capMicros().getAsLong() / 1e6 : null,
                spending.currency(), figures.locale().toLanguageTag(), words);
        if (!Objects.equals(burn, shown)) {
            shown = burn;
            getElement().setPropertyBean("burn", burn);
        }
    }
}
