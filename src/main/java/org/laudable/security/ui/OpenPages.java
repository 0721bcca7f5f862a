package org.laudable.security.ui;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.VaadinSession;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.laudable.PeriodicTask;
import org.laudable.security.AccountChanged;
import org.laudable.security.CurrentUser;
import org.laudable.security.PageSession;
import org.laudable.security.SessionEnded;
import org.laudable.security.SessionWatch;
import org.laudable.security.Standing;
import org.laudable.ui.Leaving;

/**
 * The tabs that are open. When a session ends, its tabs go to the sign-in page: at once where it was done here, within
 * seconds where another replica did it. Rights that changed show by themselves too.
 */
@ApplicationScoped
class OpenPages implements PageSession {
    private static final Logger LOG = Logger.getLogger(OpenPages.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final CurrentUser currentUser;
    private final SessionWatch watch;
    private final Map<UI, Open> open = new ConcurrentHashMap<>();
    private final PeriodicTask timer = new PeriodicTask("open-pages", this::look, "The open pages were not looked at");

    OpenPages(CurrentUser currentUser, SessionWatch watch, MeterRegistry registry) {
        registry.gauge("laudable.pages.open", open, Map::size);
        this.currentUser = currentUser;
        this.watch = watch;
    }

    /** Whose page it is, and what they might do when it was last looked at. */
    private record Open(String principal, long person, boolean admin, boolean readOnly) {}

    void start(@Observes StartupEvent event) {
        timer.start(LOOK_EVERY);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.stop();
    }

    void follow(UI page) {
        currentUser.find().ifPresent(user -> {
            open.put(page, new Open(TabGuard.owner(page.getSession()), user.id(), user.admin(), currentUser.isReadOnly()));
            page.addDetachListener(detached -> open.remove(page));
        });
    }

    void end(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountChanged changed) {
        if (changed.sessionsEnded()) {
            UI here = UI.getCurrent();
            open.forEach((page, whose) -> {
                if (whose.person() == changed.accountId() && page != here) {
                    signedOut(page);
                }
            });
        }
    }

    void end(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionEnded over) {
        open.forEach((page, whose) -> {
            if (SessionWatch.isOf(whose.principal(), over.nonce())) {
                signedOut(page);
            }
        });
    }

    private void look() {
        open.forEach((page, whose) -> {
            try {
                Optional<Standing> standing = watch.standing(whose.principal());
                if (standing.isEmpty()) {
                    signedOut(page);
                } else {
                    follow(page, whose, standing.get());
                }
            } catch (RuntimeException e) {
                LOG.warnf(e, "An open page was not looked at; tried again in %d s", LOOK_EVERY.toSeconds());
            }
        });
    }

    private void follow(UI page, Open whose, Standing standing) {
        if (standing.user().admin() != whose.admin()) {
            onPage(page, () -> page.getPage().reload()); // what the page offers depends on it
        } else if (standing.readOnly() != whose.readOnly()) {
            open.computeIfPresent(page, (same, before) -> new Open(whose.principal(), whose.person(), whose.admin(), standing.readOnly()));
            onPage(page, () -> ComponentUtil.fireEvent(page, new ReadOnlyChanged(page, standing.readOnly())));
        }
    }

    /** But for the tab in which the person is just signing out: it is on its way, perhaps by the provider. */
    private void signedOut(UI page) {
        onPage(page, () -> page.getPage().executeJs("if (!window.laudableLeaving) {" + Leaving.SILENTLY + "window.location.href = '/login?ended'}"));
    }

    private void onPage(UI page, com.vaadin.flow.server.Command work) {
        try {
            page.access(work);
        } catch (UIDetachedException e) {
            open.remove(page); // closed in the same moment
        }
    }

    @Override
    public Optional<String> principalName() {
        return Optional.ofNullable(VaadinSession.getCurrent()).map(TabGuard::owner).filter(owner -> !owner.isEmpty());
    }
}
