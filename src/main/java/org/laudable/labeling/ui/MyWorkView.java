package org.laudable.labeling.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.laudable.labeling.MyWork;
import org.laudable.live.ProjectEvents;
import org.laudable.security.CurrentUser;

/** The first page: every project one works in, with what waits there. */
@Route("")
@PermitAll
class MyWorkView extends Div implements HasDynamicTitle {
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(2);

    private final MyWork work;
    private final CurrentUser currentUser;
    private final ProjectEvents events;
    private final Div cards = new Div();
    private final List<Runnable> subscriptions = new ArrayList<>();
    private final AtomicBoolean refreshing = new AtomicBoolean();

    MyWorkView(MyWork work, CurrentUser currentUser, ProjectEvents events) {
        this.work = work;
        this.currentUser = currentUser;
        this.events = events;
        addClassNames("page", "work-page");
        cards.addClassName("work-cards");
        add(new H1(getTranslation("ui.myWork")), cards);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("ui.myWork");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        UI page = event.getUI();
        for (MyWork.Entry entry : show()) {
            subscriptions.add(events.subscribe(entry.project().id(), kind -> refreshSoon(page)));
        }
    }

    @Override
    protected void onDetach(DetachEvent event) {
        subscriptions.forEach(Runnable::run);
        subscriptions.clear();
        super.onDetach(event);
    }

    /** Many answers a second are one refresh. */
    private void refreshSoon(UI page) {
        if (refreshing.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(AT_MOST_EVERY.toMillis(), TimeUnit.MILLISECONDS).execute(page.accessLater(() -> {
                refreshing.set(false);
                show();
            }, () -> refreshing.set(false))); // the page was left meanwhile
        }
    }

    private List<MyWork.Entry> show() {
        List<MyWork.Entry> entries = work.entries(Instant.now().minus(Duration.ofHours(18)));
        cards.removeAll();
        entries.stream().sorted(Comparator.comparing((MyWork.Entry entry) -> entry.sentBack() == 0).thenComparing(entry -> entry.progress().waiting() == 0)
                        .thenComparing(entry -> entry.project().name(), String.CASE_INSENSITIVE_ORDER))
                .forEach(entry -> cards.add(new WorkCard(entry)));
        if (entries.isEmpty()) {
            cards.add(empty());
        }
        return entries;
    }

    private Div empty() {
        boolean admin = currentUser.require().admin();
        Div empty = new Div(new H2(getTranslation("work.none.title")),
                new Paragraph(getTranslation(admin ? "work.none.admin" : "work.none.member")));
        if (admin) {
            Anchor create = new Anchor("projects/new", getTranslation("work.none.create"));
            create.addClassName("go");
            empty.add(create);
        }
        empty.addClassName("work-empty");
        empty.getElement().setAttribute("data-testid", "work-empty");
        return empty;
    }
}
