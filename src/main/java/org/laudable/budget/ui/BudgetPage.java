package org.laudable.budget.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import org.laudable.anomaly.YieldService;
import org.laudable.anomaly.YieldView;
import org.laudable.anomaly.ui.YieldLines;
import org.laudable.budget.Spending;
import org.laudable.budget.SpendingService;
import org.laudable.engine.evaluation.LearningForecast.Estimate;
import org.laudable.laud.ForecastService;
import org.laudable.laud.LabelWays;
import org.laudable.laud.RunForecast;
import org.laudable.laud.ScenarioService;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.laudable.ui.ProjectPage;

/** What a project's labels cost, to whom the money went, and what the target will cost still. Live by push. */
@Route("projects/:projectId/budget")
@PermitAll
class BudgetPage extends ProjectPage {
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(3);

    private final SpendingService spending;
    private final ForecastService forecasts;
    private final ScenarioService scenarios;
    private final YieldService yields;
    private final ProjectEvents events;
    private final User user;
    private Figures figures;
    private Parts parts;
    private Runnable unsubscribe = () -> {};

    private record Seen(Spending spending, Optional<RunForecast> forecast, Optional<LabelWays> ways, Optional<YieldView> yield) {}

    private record Parts(Paragraph sentence, Paragraph alert, BurnChart burn, OutlookCard outlook, Section yieldCard, YieldLines yield, WaysCard ways, FigureTable sources, FigureTable people,
            FigureTable models, FigureTable days, Section modelCard, LedgerTable ledger) {}

    BudgetPage(ProjectAccess access, SpendingService spending, ForecastService forecasts, ScenarioService scenarios,
            YieldService yields, ProjectEvents events, CurrentUser currentUser) {
        super(access, Role.MANAGER, "ui.budget");
        this.spending = spending;
        this.forecasts = forecasts;
        this.scenarios = scenarios;
        this.yields = yields;
        this.events = events;
        this.user = currentUser.require();
        addClassName("budget-page");
    }

    @Override
    protected void build() {
        figures = new Figures(this, UI.getCurrent().getLocale());
        Seen seen = read();
        Paragraph sentence = new Paragraph();
        sentence.addClassName("budget-sentence");
        Paragraph alert = new Paragraph();
        alert.addClassName("budget-alert");
        alert.getElement().setAttribute("role", "status");
        parts = new Parts(sentence, alert, new BurnChart(figures), new OutlookCard(figures), new Section(),
                new YieldLines(figures), new WaysCard(figures, projectId()), shares("budget.bySource", "budget.source"),
                shares("budget.byPerson", "budget.person"), shares("budget.byModel", "budget.model"),
                table("budget.byDay", 3, "budget.day", "budget.source.PERSON", "budget.source.LLM", "budget.sum"), new Section(),
                new LedgerTable(spending, projectId(), seen.spending().currency(), figures));
        Div head = new Div(new H1(figures.text("ui.budget")));
        head.addClassName("page-head");
        parts.modelCard().addClassName("card");
        parts.modelCard().add(new H2(figures.text("budget.byModel")), parts.models());
        parts.yieldCard().addClassName("card");
        parts.yieldCard().add(new H2(figures.text("budget.yield")), parts.yield());
        Div top = new Div(card("budget.burn", parts.burn()), parts.outlook(), parts.yieldCard());
        top.addClassName("budget-top");
        Div tables = new Div(card("budget.bySource", parts.sources()), card("budget.byPerson", parts.people()), parts.modelCard(),
                card("budget.byDay", parts.days()));
        tables.addClassName("budget-tables");
        add(head, sentence, alert, top, parts.ways(), tables, parts.ledger());
        show(seen);
    }

    private Seen read() {
        return new Seen(spending.spending(projectId()), forecasts.current(projectId()), scenarios.of(projectId()),
                yields.current(projectId()));
    }

    private void show(Seen seen) {
        Spending money = seen.spending();
        parts.sentence().setText(sentence(money, seen.forecast()));
        int reached = money.capReached();
        parts.alert().setVisible(reached > 0);
        parts.alert().setClassName("full", reached >= 100);
        parts.alert().setText(reached == 0 ? "" : figures.text(reached >= 100 ? "budget.alert.full" : "budget.alert.near", figures.count(reached)));
        parts.burn().show(money);
        parts.outlook().setVisible(seen.forecast().isPresent());
        seen.forecast().ifPresent(forecast -> parts.outlook().show(forecast, money.currency(), money.settledMicros()));
        parts.yieldCard().setVisible(seen.yield().isPresent());
        seen.yield().ifPresent(yield -> parts.yield().show(yield, money.currency()));
        parts.ways().setVisible(seen.ways().isPresent());
        seen.ways().ifPresent(ways -> parts.ways().show(ways, money.currency()));
        parts.ledger().noticed();
        fill(parts.sources(), money, money.sources(), share -> figures.text("budget.source." + share.name()));
        fill(parts.people(), money, money.people(), Spending.Share::name);
        fill(parts.models(), money, money.models(), share -> share.name().isEmpty() ? figures.text("budget.otherModel") : share.name());
        parts.modelCard().setVisible(!money.models().isEmpty());
        parts.days().clear();
        DateTimeFormatter day = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(figures.locale());
        money.days().reversed().forEach(it -> parts.days().row(FigureTable.text(day.format(it.day())), amount(it.peopleMicros(), money),
                amount(it.modelMicros(), money), amount(it.micros(), money)));
        if (money.days().isEmpty()) {
            parts.days().nothing(figures.text("budget.nothing"));
        }
    }

    /** 41 of 150 € spent; 92 % expected at 88 € (70–115), about 310 more labels. */
    private String sentence(Spending money, Optional<RunForecast> forecast) {
        String spent = money.capMicros().isPresent()
                ? figures.text("budget.sentence.ofCap", figures.money(money.settledMicros(), money.currency()), figures.money(money.capMicros().getAsLong(), money.currency()))
                : figures.text("budget.sentence.spent", figures.money(money.settledMicros(), money.currency()));
        String perLabel = money.microsPerResolved().isPresent()
                ? figures.text("budget.sentence.perLabel", figures.money(money.microsPerResolved().getAsLong(), money.currency()), figures.count(money.resolved())) : "";
        Optional<Estimate> more = forecast.flatMap(RunForecast::more);
        if (more.isEmpty() || more.get().high() > 10_000_000 || more.get().high() <= 0) {
            return figures.text("budget.sentence", spent, perLabel);
        }
        return figures.text("budget.sentence.target", spent, figures.wholePercent(forecast.get().target().orElseThrow()),
                at(more.get().middle(), money, forecast.get()), at(more.get().low(), money, forecast.get()), at(more.get().high(), money, forecast.get()),
                figures.count(Math.round(Math.max(0, more.get().middle()))), perLabel);
    }

    private String at(double more, Spending money, RunForecast forecast) {
        return figures.money(money.settledMicros() + Math.round(Math.max(0, more) * forecast.microsPerLabel()), money.currency());
    }

    private void fill(FigureTable table, Spending money, List<Spending.Share> shares, java.util.function.Function<Spending.Share, String> name) {
        table.clear();
        shares.forEach(share -> table.row(FigureTable.text(name.apply(share)), FigureTable.number(figures.count(share.pieces())), amount(share.micros(), money)));
        if (shares.isEmpty()) {
            table.nothing(figures.text("budget.nothing"));
        }
    }

    private com.vaadin.flow.component.html.NativeTableCell amount(long micros, Spending money) {
        return FigureTable.number(figures.money(micros, money.currency()));
    }

    private FigureTable shares(String titleKey, String nameKey) {
        return table(titleKey, 2, nameKey, "budget.pieces", "budget.sum");
    }

    private FigureTable table(String titleKey, int numeric, String... headers) {
        return new FigureTable(figures.text(titleKey), numeric, java.util.Arrays.stream(headers).map(figures::text).toArray(String[]::new));
    }

    private Section card(String titleKey, com.vaadin.flow.component.Component content) {
        Section card = new Section(new H2(figures.text(titleKey)), content);
        card.addClassName("card");
        return card;
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        if (parts != null) {
            LiveRefresh refresh = LiveRefresh.of(AT_MOST_EVERY, attached.getUI(), this, user, this::read, this::show, figures.text("budget.gone"));
            unsubscribe = events.subscribe(projectId(), kind -> refresh.news());
        }
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        unsubscribe.run();
    }
}
