package org.laudable.dataset.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.laudable.Refused;
import org.laudable.dataset.ItemFilter;
import org.laudable.labeling.Assignment;
import org.laudable.labeling.BulkAction;
import org.laudable.labeling.BulkKind;
import org.laudable.labeling.BulkService;
import org.laudable.project.LabelClass;
import org.laudable.ui.Notices;

/** What can be done to all items of the filter at once, how far the last such action is, and the way back. */
final class BulkBar extends Div {
    private final BulkService bulk;
    private final Assignment assignment;
    private final Notices notices;
    private final Runnable changed;
    private final Button all = new Button();
    private final Span last = new Span();
    private final ContextMenu menu;
    private final Button back = new Button();
    private long project;
    private boolean manager;
    private Supplier<ItemFilter> filter = () -> ItemFilter.ALL;
    private Map<Long, LabelClass> classes = Map.of();
    private long found;

    BulkBar(BulkService bulk, Assignment assignment, Notices notices, Runnable changed) {
        this.bulk = bulk;
        this.assignment = assignment;
        this.notices = notices;
        this.changed = changed;
        addClassName("bulk-bar");
        menu = new ContextMenu(all);
        menu.setOpenOnClick(true);
        last.addClassNames("secondary", "num");
        last.getElement().setAttribute("role", "status");
        back.addThemeVariants(ButtonVariant.TERTIARY);
        back.addClickListener(click -> takeBack());
        add(all, last, back);
    }

    /** @param mayChooseGold whether the person is a manager */
    void show(long projectId, boolean mayChooseGold, Map<Long, LabelClass> known, Supplier<ItemFilter> chosen) {
        manager = mayChooseGold;
        menu.removeAll();
        Stream.of(BulkKind.values()).filter(BulkKind::byFilter).filter(kind -> manager || kind != BulkKind.GOLD && kind != BulkKind.NOT_GOLD)
                .forEach(kind -> menu.addItem(getTranslation("dataset.bulk." + kind), click -> ask(kind)));
        project = projectId;
        classes = known;
        filter = chosen;
    }

    /** @param items how many the filter holds */
    void refresh(long items) {
        found = items;
        all.setText(getTranslation("dataset.bulk.all", items));
        all.setEnabled(items > 0);
        Optional<BulkAction> newest = bulk.newest(project);
        last.setText(newest.map(this::said).orElse(""));
        boolean mine = newest.filter(one -> manager || one.kind() != BulkKind.GOLD && one.kind() != BulkKind.NOT_GOLD).isPresent();
        back.setVisible(mine && newest.filter(one -> underWay(one)
                || one.state() == BulkAction.State.DONE && one.changed() > 0 && one.kind() != BulkKind.NOT_GOLD).isPresent());
        back.setText(getTranslation(newest.filter(BulkBar::underWay).isPresent() ? "dataset.bulk.stop" : "ui.undo"));
    }

    private static boolean underWay(BulkAction action) {
        return action.state() == BulkAction.State.RUNNING || action.state() == BulkAction.State.UNDOING;
    }

    private String said(BulkAction action) {
        String what = getTranslation("dataset.bulk." + action.kind() + ".done", action.changed(),
                action.classId() == null || !classes.containsKey(action.classId()) ? "–" : classes.get(action.classId()).name());
        return switch (action.state()) {
            case RUNNING -> getTranslation("dataset.bulk.running", action.changed() + action.skipped(), action.found());
            case UNDOING -> getTranslation("dataset.bulk.undoing", action.undone(), action.changed());
            case UNDONE -> getTranslation("dataset.bulk.undone", action.undone(), action.changed());
            case DONE -> action.skipped() == 0 ? what : what + " · " + getTranslation("dataset.bulk.skipped", action.skipped());
        };
    }

    private void ask(BulkKind kind) {
        new BulkDialog(kind, found, offered(),
                kind == BulkKind.QUEUE ? assignment.people(project) : Map.of(),
                kind == BulkKind.QUEUE ? assignment.groups(project) : List.of(), choice -> run(kind, choice)).open();
    }

    private List<LabelClass> offered() {
        return classes.values().stream().filter(one -> !one.retired()).sorted(Comparator.comparingInt(LabelClass::ordinal)).toList();
    }

    private void run(BulkKind kind, BulkDialog.Choice choice) {
        attempt(() -> {
            BulkAction action = switch (kind) {
                case LABEL -> bulk.label(project, filter.get(), choice.classId());
                case CLEAR -> bulk.clear(project, filter.get());
                case GOLD -> bulk.gold(project, filter.get());
                case NOT_GOLD -> bulk.notGold(project, filter.get());
                case QUEUE -> bulk.queue(project, filter.get(), choice.reserved());
                case ACCEPT -> throw new IllegalStateException("Labels are accepted under Review");
            };
            notices.info(action.state() == BulkAction.State.RUNNING ? getTranslation("dataset.bulk.started") : said(action));
        });
    }

    private void takeBack() {
        attempt(() -> bulk.newest(project).ifPresent(action -> {
            if (underWay(action)) {
                bulk.stop(action.id());
            } else {
                bulk.undo(action.id());
            }
        }));
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (Refused refused) {
            notices.error(refused.getMessage());
        }
        changed.run();
    }
}
