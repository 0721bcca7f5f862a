package org.laudable.snapshot.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import org.laudable.dataset.ExportFormat;
import org.laudable.dataset.ui.When;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.snapshot.Snapshot;
import org.laudable.snapshot.SnapshotService;
import org.laudable.ui.Icon;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** The versions of a project's labels: take one, compare it, take it away as a file, remove it. */
@Route("projects/:projectId/snapshots")
@PermitAll
class SnapshotsPage extends ProjectPage {
    private static final int SHOWN = SnapshotService.MOST;
    private static final int POLL_MILLIS = 2_000;

    private final transient SnapshotService snapshots;
    private final transient ProjectService projects;
    private final transient Notices notices;
    private final UnorderedList rows = new UnorderedList();
    private final Div empty = new Div();
    private transient List<Snapshot> shown = List.of();
    private Registration polling;

    SnapshotsPage(ProjectAccess access, SnapshotService snapshots, ProjectService projects, Notices notices) {
        super(access, Role.REVIEWER, "snapshot.title");
        this.snapshots = snapshots;
        this.projects = projects;
        this.notices = notices;
        rows.addClassNames("rows", "snapshots");
        empty.addClassName("empty");
    }

    @Override
    protected void build() {
        empty.setText(getTranslation("snapshot.none"));
        Div head = new Div(new H1(getTranslation("snapshot.title")));
        head.addClassName("page-head");
        if (role() == Role.MANAGER) {
            Button take = new Button(getTranslation("snapshot.take"), Icon.PLUS.create(), click -> new TakeDialog(snapshots, projectId(), this::refresh).open());
            take.addThemeVariants(ButtonVariant.PRIMARY);
            head.add(take);
        }
        Paragraph intro = new Paragraph(getTranslation("snapshot.intro"));
        intro.addClassName("secondary");
        add(head, intro, rows, empty);
        refresh();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        polling = event.getUI().addPollListener(poll -> refresh());
        poll(event.getUI());
    }

    @Override
    protected void onDetach(DetachEvent event) {
        polling.remove();
        event.getUI().setPollInterval(-1);
        super.onDetach(event);
    }

    /** Only while one is being taken. */
    private void poll(UI ui) {
        ui.setPollInterval(shown.stream().anyMatch(one -> one.state() == Snapshot.State.TAKING) ? POLL_MILLIS : -1);
    }

    private void refresh() {
        List<Snapshot> newest = snapshots.all(projectId(), 0, SHOWN);
        if (!newest.equals(shown) || newest.isEmpty()) {
            shown = newest;
            rows.removeAll();
            newest.forEach(one -> rows.add(row(one)));
            empty.setVisible(newest.isEmpty());
        }
        getUI().ifPresent(this::poll);
    }

    private ListItem row(Snapshot one) {
        Span name = new Span(one.name());
        name.addClassName("name");
        Div what = new Div(name);
        what.addClassName("who");
        if (one.state() == Snapshot.State.READY) {
            Div figures = new Div(new When(one.takenAt().orElse(one.createdAt())), new Span("· " + one.createdBy().orElse(getTranslation("snapshot.somebody"))),
                    new Span("· " + getTranslation("snapshot.labels", one.labels(), one.rows())));
            one.guideline().ifPresent(number -> figures.add(new Span("· " + getTranslation("snapshot.guideline", number))));
            figures.addClassNames("secondary", "small", "snapshot-figures");
            Code hash = new Code(one.hash().substring(0, 16));
            hash.setTitle(getTranslation("snapshot.hash", one.hash()));
            figures.add(hash);
            what.add(figures);
        } else {
            Span state = new Span(getTranslation("snapshot.state." + one.state()));
            state.addClassNames("chip", one.state() == Snapshot.State.FAILED ? "bad" : "accent");
            what.add(new Div(state));
            one.error().ifPresent(error -> what.add(new Span(error)));
        }
        return new ListItem(what, actions(one));
    }

    private Div actions(Snapshot one) {
        Div actions = new Div();
        actions.addClassName("snapshot-actions");
        if (one.state() == Snapshot.State.READY) {
            actions.add(new Button(getTranslation("snapshot.compare"),
                    click -> UI.getCurrent().navigate("projects/" + projectId() + "/snapshots/compare?from=" + one.id())));
            if (role() == Role.MANAGER) {
                actions.add(download(one));
            }
        }
        if (role() == Role.MANAGER && one.state() != Snapshot.State.TAKING) {
            Button more = new Button(Icon.MORE.create());
            more.setAriaLabel(getTranslation("snapshot.more", one.name()));
            ContextMenu menu = new ContextMenu(more);
            menu.setOpenOnClick(true);
            if (one.state() == Snapshot.State.READY) {
                menu.addItem(getTranslation("snapshot.check"), click -> notices.info(getTranslation(
                        snapshots.verify(projectId(), one.id()) ? "snapshot.check.same" : "snapshot.check.other", one.name())));
            }
            menu.addItem(getTranslation("snapshot.remove"), click -> askToRemove(one));
            actions.add(more);
        }
        return actions;
    }

    private Component download(Snapshot one) {
        Button button = new Button(getTranslation("snapshot.download"));
        ContextMenu menu = new ContextMenu(button);
        menu.setOpenOnClick(true);
        boolean texts = projects.find(projectId()).kind() == ProjectKind.TEXT;
        for (ExportFormat format : ExportFormat.values()) {
            if (texts || format == ExportFormat.CSV || format == ExportFormat.JSONL) {
                Anchor link = new Anchor("/api/v1/projects/%d/snapshots/%d/export?format=%s&rows=labeled".formatted(projectId(), one.id(), format.word()), getTranslation("project.export." + format));
                link.setRouterIgnore(true);
                link.getElement().setAttribute("download", true);
                menu.addItem(link);
            }
        }
        return button;
    }

    /** Cannot be undone, so it is asked. */
    private void askToRemove(Snapshot one) {
        Dialog dialog = new Dialog(getTranslation("snapshot.removeOne", one.name()));
        dialog.setWidth("460px");
        dialog.setMaxWidth("96vw");
        dialog.add(new Paragraph(getTranslation("snapshot.remove.text")));
        Button confirm = new Button(getTranslation("snapshot.remove"), click -> {
            snapshots.remove(projectId(), one.id());
            dialog.close();
            refresh();
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        dialog.getFooter().add(new Button(getTranslation("ui.cancel"), click -> dialog.close()), confirm);
        dialog.open();
    }
}
