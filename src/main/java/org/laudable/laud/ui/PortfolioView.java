package org.laudable.laud.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.laudable.budget.BudgetSummary;
import org.laudable.laud.PortfolioService;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.RunState;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.project.ProjectState;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;

/** The projects a person manages, side by side: state in a word, quality, money, and quality against money as a line. */
@Route("portfolio")
@PermitAll
class PortfolioView extends Div implements HasDynamicTitle {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 28;

    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(3);

    private final Figures figures;
    private final PortfolioService portfolio;
    private final ProjectEvents events;
    private final User user;
    private final Div empty;
    private final Div card;
    private final FigureTable table;
    private final List<Runnable> subscriptions = new ArrayList<>();
    private List<PortfolioService.Entry> shown = List.of();

    PortfolioView(PortfolioService portfolio, ProjectEvents events, CurrentUser currentUser) {
        this.portfolio = portfolio;
        this.events = events;
        this.user = currentUser.require();
        figures = new Figures(this, UI.getCurrent().getLocale());
        addClassName("page");
        Div head = new Div(new H1(getPageTitle()));
        head.addClassName("page-head");
        empty = new Div(new Paragraph(getTranslation("portfolio.empty")), new Anchor("projects", getTranslation("ui.projects")));
        empty.addClassName("empty");
        table = new FigureTable(getPageTitle(), 0, getTranslation("portfolio.project"), getTranslation("portfolio.state"),
                getTranslation("portfolio.quality"), getTranslation("portfolio.curve"), getTranslation("portfolio.spent"));
        card = new Div(table);
        card.addClassName("card");
        add(head, empty, card);
        show(portfolio.mine());
    }

    private void show(List<PortfolioService.Entry> entries) {
        shown = entries;
        empty.setVisible(entries.isEmpty());
        card.setVisible(!entries.isEmpty());
        table.clear();
        entries.forEach(entry -> table.row(cell(new Anchor("projects/" + entry.project().id(), entry.project().name())), cell(state(entry)),
                FigureTable.text(entry.quality().map(figures::figure).orElse(getTranslation("run.unknown"))), cell(curve(entry)), cell(money(entry))));
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        LiveRefresh refresh = LiveRefresh.of(AT_MOST_EVERY, attached.getUI(), this, user, portfolio::mine, this::showIfNew, getTranslation("budget.gone"));
        shown.forEach(entry -> subscriptions.add(events.subscribe(entry.project().id(), kind -> refresh.news())));
    }

    /** What has not changed stays as it is, with the focus in it. */
    private void showIfNew(List<PortfolioService.Entry> entries) {
        if (!entries.equals(shown)) {
            show(entries);
        }
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        subscriptions.forEach(Runnable::run);
        subscriptions.clear();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("portfolio.title");
    }

    private Component state(PortfolioService.Entry entry) {
        String word = entry.project().state() == ProjectState.DRAFT ? getTranslation("project.state.DRAFT")
                : entry.state().isEmpty() ? getTranslation("portfolio.notStarted")
                : entry.state().get() == RunState.FINISHED && entry.ended().filter("target"::equals).isPresent() ? getTranslation("portfolio.targetReached")
                : getTranslation("run.state." + entry.state().get());
        Span chip = new Span(word);
        chip.addClassNames("chip", entry.state().map(state -> switch (state) {
            case FAILED -> "bad";
            case PAUSED, STOPPED -> "warn";
            case FINISHED -> "good";
            default -> "accent";
        }).orElse("plain"));
        return chip;
    }

    private Component money(PortfolioService.Entry entry) {
        BudgetSummary budget = entry.budget();
        Anchor link = new Anchor("projects/" + entry.project().id() + "/budget", budget.capMicros().isPresent()
                ? getTranslation("portfolio.ofCap", figures.money(budget.settledMicros(), budget.currency()),
                        figures.money(budget.capMicros().getAsLong(), budget.currency()), figures.wholePercent(share(budget)))
                : figures.money(budget.settledMicros(), budget.currency()));
        return link;
    }

    private static double share(BudgetSummary budget) {
        long cap = budget.capMicros().orElseThrow();
        return cap == 0 ? 1 : Math.round(100.0 * budget.settledMicros() / cap) / 100.0;
    }

    /** Accuracy against money, without axes; its figures stand beside it. */
    private Component curve(PortfolioService.Entry entry) {
        List<PortfolioService.Point> points = entry.curve();
        if (points.size() < 2) {
            return new Span(getTranslation("run.unknown"));
        }
        double most = Math.max(1, points.stream().mapToLong(PortfolioService.Point::costMicros).max().orElseThrow());
        double low = points.stream().mapToDouble(PortfolioService.Point::accuracy).min().orElseThrow();
        double range = Math.max(0.02, points.stream().mapToDouble(PortfolioService.Point::accuracy).max().orElseThrow() - low);
        boolean free = points.stream().allMatch(point -> point.costMicros() == 0);
        String line = java.util.stream.IntStream.range(0, points.size()).mapToObj(i -> String.format(Locale.ROOT, "%.1f,%.1f",
                2 + (WIDTH - 4) * (free ? i / (points.size() - 1.0) : points.get(i).costMicros() / most),
                HEIGHT - 3 - (HEIGHT - 6) * (points.get(i).accuracy() - low) / range)).collect(Collectors.joining(" "));
        Div sparkline = new Div(new Svg("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"><polyline points=\"%s\"/></svg>"
                .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, line)));
        sparkline.addClassName("sparkline");
        sparkline.getElement().setAttribute("role", "img");
        sparkline.getElement().setAttribute("aria-label", getTranslation("portfolio.from", figures.percent(points.getFirst().accuracy()),
                figures.percent(points.getLast().accuracy()), figures.count(points.size())));
        return sparkline;
    }

    private static NativeTableCell cell(Component content) {
        NativeTableCell cell = new NativeTableCell();
        cell.add(content);
        return cell;
    }
}
