package org.laudable.snapshot.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.laudable.Refused;
import org.laudable.loop.ui.FigureTable;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.OnBehalf;
import org.laudable.security.User;
import org.laudable.snapshot.Comparison;
import org.laudable.snapshot.Snapshot;
import org.laudable.snapshot.SnapshotService;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** What differs between two snapshots, or between one and now: which labels moved where, and the rows themselves. */
@Route("projects/:projectId/snapshots/compare")
@PermitAll
class ComparePage extends ProjectPage {
    private static final Logger LOG = Logger.getLogger(ComparePage.class);
    private static final int PAGE = 50;
    private static final int MOST_MOVES = 40;
    private static final long NOW = 0;

    private final transient SnapshotService snapshots;
    private final transient Notices notices;
    private final transient User user;
    private final ProgressBar busy = new ProgressBar();
    private final Div result = new Div();
    private final UnorderedList rows = new UnorderedList();
    private final Button more = new Button();
    private transient Optional<Long> earlier = Optional.empty();
    private transient Optional<Long> later = Optional.empty();
    private transient Optional<Comparison.Move> chosen = Optional.empty();
    private long last;
    private long asked;

    ComparePage(ProjectAccess access, SnapshotService snapshots, CurrentUser currentUser, Notices notices) {
        super(access, Role.REVIEWER, "snapshot.compare.title");
        this.snapshots = snapshots;
        this.notices = notices;
        this.user = currentUser.require();
        busy.setIndeterminate(true);
        result.addClassName("snapshot-result");
        rows.addClassNames("rows", "snapshot-items");
        more.addClickListener(click -> append());
    }

    @Override
    protected void build() {
        more.setText(getTranslation("snapshot.showMore"));
        List<Snapshot> all = snapshots.all(projectId(), 0, SnapshotService.MOST).stream().filter(one -> one.state() == Snapshot.State.READY).toList();
        Anchor back = new Anchor("projects/" + projectId() + "/snapshots", getTranslation("snapshot.back"));
        add(new H1(getTranslation("snapshot.compare.title")), back);
        if (all.isEmpty()) {
            Div empty = new Div(getTranslation("snapshot.none"));
            empty.addClassName("empty");
            add(empty);
            return;
        }
        Select<Snapshot> from = new Select<>();
        from.setLabel(getTranslation("snapshot.compare.from"));
        from.setItems(all);
        from.addClassName("wide");
        from.setItemLabelGenerator(Snapshot::name);
        from.setValue(all.stream().filter(one -> queried("from").filter(id -> id == one.id()).isPresent()).findFirst().orElse(all.getFirst()));
        Select<Long> to = new Select<>();
        to.setLabel(getTranslation("snapshot.compare.to"));
        List<Long> choices = new ArrayList<>(List.of(NOW));
        all.forEach(one -> choices.add(one.id()));
        to.addClassName("wide");
        to.setItems(choices);
        to.setItemLabelGenerator(id -> id == NOW ? getTranslation("snapshot.now")
                : all.stream().filter(one -> one.id() == id).findFirst().map(Snapshot::name).orElse(""));
        to.setValue(queried("to").filter(choices::contains).orElse(NOW));
        from.addValueChangeListener(change -> go(from.getValue().id(), to.getValue()));
        to.addValueChangeListener(change -> go(from.getValue().id(), to.getValue()));
        Div choice = new Div(from, to);
        choice.addClassName("filters");
        earlier = Optional.of(from.getValue().id());
        later = Optional.of(to.getValue()).filter(id -> id != NOW);
        chosen = Optional.empty();
        busy.getElement().setAttribute("aria-label", getTranslation("snapshot.comparing"));
        result.removeAll();
        add(choice, busy, result);
        long project = projectId();
        long before = earlier.orElseThrow();
        Optional<Long> after = later;
        inBackground(() -> snapshots.compare(project, before, after), this::show);
    }

    /** A million rows take seconds; what was asked for before is not shown any more. */
    private <T> void inBackground(Supplier<T> reading, Consumer<T> show) {
        UI ui = UI.getCurrent();
        long mine = ++asked;
        busy.setVisible(true);
        Thread.ofVirtual().name("compare").start(() -> {
            try {
                AtomicReference<T> read = new AtomicReference<>();
                String refused = null;
                try {
                    OnBehalf.of(user, () -> read.set(reading.get()));
                } catch (Refused e) {
                    refused = e.getMessage();
                } catch (RuntimeException e) {
                    LOG.warn("Snapshots could not be compared", e);
                    refused = ui.getTranslation("snapshot.failed");
                }
                String sentence = refused;
                ui.access(() -> {
                    if (mine == asked) {
                        busy.setVisible(false);
                        Optional.ofNullable(sentence).ifPresentOrElse(notices::error, () -> show.accept(read.get()));
                    }
                });
            } catch (UIDetachedException e) {
                LOG.debug("Nobody waits for the comparison", e);
            }
        });
    }

    private void go(long from, long to) {
        UI.getCurrent().navigate("projects/" + projectId() + "/snapshots/compare?from=" + from + (to == NOW ? "" : "&to=" + to));
    }

    private void show(Comparison difference) {
        result.removeAll();
        Paragraph figures = new Paragraph(getTranslation("snapshot.figures", difference.changed(), difference.same(), difference.added(), difference.gone()));
        result.add(figures);
        if (difference.otherWords() > 0) {
            Paragraph other = new Paragraph(getTranslation("snapshot.otherWords", difference.otherWords()));
            other.addClassName("secondary");
            result.add(other);
        }
        if (!difference.renamed().isEmpty()) {
            Paragraph renamed = new Paragraph(getTranslation("snapshot.renamed", String.join(", ", difference.renamed().stream()
                    .map(one -> one.before() + " → " + one.after()).toList())));
            renamed.addClassName("secondary");
            result.add(renamed);
        }
        if (!difference.moves().isEmpty()) {
            result.add(new H2(getTranslation("snapshot.moves")), moves(difference.moves()));
        }
        if (!difference.moves().isEmpty() || difference.added() + difference.gone() > 0) {
            result.add(new H2(getTranslation("snapshot.items")), rows, more);
            restart();
        }
    }

    private FigureTable moves(List<Comparison.Move> moves) {
        FigureTable table = new FigureTable(getTranslation("snapshot.moves"), 2, getTranslation("snapshot.was"), getTranslation("snapshot.is"),
                getTranslation("snapshot.rows"), "");
        NumberFormat number = NumberFormat.getIntegerInstance(getLocale());
        for (Comparison.Move move : moves.subList(0, Math.min(moves.size(), MOST_MOVES))) {
            Button show = new Button(getTranslation("snapshot.show"), click -> {
                chosen = chosen.equals(Optional.of(move)) ? Optional.empty() : Optional.of(move);
                restart();
            });
            show.addThemeVariants(ButtonVariant.SMALL);
            show.setAriaLabel(getTranslation("snapshot.showMove", name(move.from(), move.fromName()), name(move.to(), move.toName())));
            NativeTableCell cell = new NativeTableCell();
            cell.add(show);
            table.row(FigureTable.text(name(move.from(), move.fromName())), FigureTable.text(name(move.to(), move.toName())),
                    FigureTable.number(number.format(move.rows())), cell);
        }
        return table;
    }

    private void restart() {
        rows.removeAll();
        last = 0;
        append();
    }

    private void append() {
        long project = projectId();
        long from = earlier.orElseThrow();
        Optional<Long> to = later;
        Optional<Comparison.Move> move = chosen;
        long after = last;
        more.setVisible(false);
        inBackground(() -> snapshots.differing(project, from, to, move.map(Comparison.Move::from), move.map(Comparison.Move::to), after, PAGE), page -> {
            page.forEach(one -> rows.add(row(one)));
            last = page.isEmpty() ? after : page.getLast().key();
            more.setVisible(page.size() == PAGE);
        });
    }

    private ListItem row(Comparison.Item item) {
        Span id = new Span(item.id());
        id.addClassNames("secondary", "small");
        Span text = new Span(item.text());
        text.addClassName("snapshot-text");
        Div what = new Div(text, id);
        what.addClassName("who");
        Div move = new Div(label(item.from()), new Span("→"), label(item.to()));
        move.addClassName("snapshot-move");
        return new ListItem(what, move);
    }

    private Span label(Optional<Comparison.Said> said) {
        Span label = new Span(said.map(one -> name(one.outcome(), one.label().orElse(""))).orElse(getTranslation("snapshot.absent")));
        label.addClassNames("chip", "plain");
        said.flatMap(Comparison.Said::origin).ifPresent(origin -> label.setTitle(getTranslation("dataset.origin." + origin.toUpperCase(java.util.Locale.ROOT))));
        return label;
    }

    private String name(long outcome, String className) {
        return outcome == Comparison.UNLABELED ? getTranslation("snapshot.unlabeled") : outcome == Comparison.NONE ? getTranslation("snapshot.noneOfThese") : className;
    }
}
