package org.laudable.performance.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.laudable.engine.evaluation.Interval;
import org.laudable.labeling.GoldScore;
import org.laudable.labeling.GoldService;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.Figure;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.performance.Performance;
import org.laudable.performance.PerformanceService;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.laudable.ui.ProjectPage;

/** What people did, by person and by day. A manager sees everyone, others see themselves. */
@Route("projects/:projectId/people")
@PermitAll
class PerformancePage extends ProjectPage {
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(20);

    private final PerformanceService performance;
    private final GoldService gold;
    private final ProjectEvents events;
    private final User user;
    private Figures figures;
    private FigureTable people;
    private FigureTable days;
    private volatile int lastDays = 30;
    private Runnable unsubscribe = () -> {};

    PerformancePage(ProjectAccess access, PerformanceService performance, GoldService gold, ProjectEvents events, CurrentUser currentUser) {
        super(access, Role.ANNOTATOR, "ui.figures");
        this.performance = performance;
        this.gold = gold;
        this.events = events;
        this.user = currentUser.require();
    }

    @Override
    protected void build() {
        figures = new Figures(this, UI.getCurrent().getLocale());
        boolean manager = role() == Role.MANAGER;
        Select<Integer> period = new Select<>();
        period.setItems(7, 30, PerformanceService.EVER);
        period.setItemLabelGenerator(it -> figures.text(it == PerformanceService.EVER ? "performance.ever" : "performance.lastDays", it));
        period.setAriaLabel(figures.text("performance.period"));
        period.setValue(lastDays);
        period.addValueChangeListener(change -> {
            lastDays = change.getValue();
            show(read());
        });
        Div actions = new Div(period);
        actions.addClassName("actions");
        if (manager) {
            Anchor file = new Anchor("api/v1/projects/" + projectId() + "/people.csv", figures.text("performance.csv"));
            file.setRouterIgnore(true);
            file.getElement().setAttribute("download", true);
            actions.add(file);
        }
        Div head = new Div(new H1(figures.text("ui.figures")), actions);
        head.addClassName("page-head");
        Paragraph what = new Paragraph(figures.text(manager ? "performance.what" : "performance.whatMine"));
        what.addClassName("secondary");
        people = table("performance.people", 8, "performance.person", "performance.answers", "performance.skipped", "performance.active",
                "performance.perHour", "performance.cost", "performance.agreement", "performance.compared", "performance.gold");
        days = table("performance.days", 5, "performance.day", "performance.person", "performance.answers", "performance.active", "performance.perHour",
                "performance.cost", "performance.agreement");
        add(head, what, card("performance.people", people), card("performance.days", days));
        show(read());
    }

    /** @param gold scores by account, since each began, whatever the period */
    private record Seen(Performance figures, Map<Long, GoldScore> gold) {}

    private Seen read() {
        return role() == Role.MANAGER ? new Seen(performance.everyone(projectId(), lastDays), gold.scores(projectId()))
                : new Seen(performance.mine(projectId(), lastDays),
                        gold.mine(projectId()).map(score -> Map.of(score.accountId(), score)).orElse(Map.of()));
    }

    private void show(Seen read) {
        Performance seen = read.figures();
        people.clear();
        days.clear();
        seen.people().forEach(it -> people.row(FigureTable.text(it.name()), count(it.answers()), count(it.skipped()), time(it.active()),
                perHour(it.perHour()),
                FigureTable.number(figures.money(it.costMicros(), seen.currency())),
                FigureTable.number(agreement(it.agreement(), it.agreed(), it.compared())), count(it.compared()),
                FigureTable.number(gold(read.gold().get(it.accountId())))));
        DateTimeFormatter day = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(figures.locale());
        seen.days().forEach(it -> days.row(FigureTable.text(day.format(it.day())), FigureTable.text(it.name()), count(it.answers()), time(it.active()), perHour(it.perHour()),
                FigureTable.number(figures.money(it.costMicros(), seen.currency())), FigureTable.number(agreement(it.agreement(), it.agreed(), it.compared()))));
        if (seen.people().isEmpty()) {
            people.nothing(figures.text("performance.nothing"));
            days.nothing(figures.text("performance.nothing"));
        }
    }

    private String agreement(Optional<Interval> range, int agreed, int compared) {
        return range.map(it -> figures.figure(Figure.of((double) agreed / compared, it))).orElse(figures.text("run.unknown"));
    }

    private String gold(GoldScore score) {
        return score == null || score.answers() == 0 ? figures.text("run.unknown")
                : figures.figure(Figure.of((double) score.right() / score.answers(), score.interval()));
    }

    private NativeTableCell perHour(OptionalDouble answers) {
        return FigureTable.number(answers.isPresent() ? figures.count(Math.round(answers.getAsDouble())) : figures.text("run.unknown"));
    }

    private NativeTableCell count(long number) {
        return FigureTable.number(figures.count(number));
    }

    private NativeTableCell time(Duration time) {
        return FigureTable.number(time.isZero() ? figures.text("run.unknown") : figures.duration(time));
    }

    private FigureTable table(String titleKey, int numeric, String... headers) {
        return new FigureTable(figures.text(titleKey), numeric, java.util.Arrays.stream(headers).map(figures::text).toArray(String[]::new));
    }

    private Section card(String titleKey, FigureTable table) {
        Section card = new Section(new H2(figures.text(titleKey)), table);
        card.addClassName("card");
        return card;
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        if (people != null) {
            LiveRefresh refresh = LiveRefresh.of(AT_MOST_EVERY, attached.getUI(), this, user, this::read, this::show, figures.text("budget.gone"));
            unsubscribe = events.subscribe(projectId(), kind -> {
                if (kind == ProjectEvents.Kind.ANSWERS) {
                    refresh.news();
                }
            });
        }
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        unsubscribe.run();
    }
}
