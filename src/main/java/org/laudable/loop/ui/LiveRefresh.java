package org.laudable.loop.ui;

import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.html.Paragraph;
import io.quarkus.security.ForbiddenException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.laudable.security.OnBehalf;
import org.laudable.security.User;

/** Runs a refresh when news come, at most once per interval, the last news never lost. Work happens on virtual threads. */
public final class LiveRefresh {
    private static final Logger LOG = Logger.getLogger(LiveRefresh.class);

    private final Duration interval;
    private final Runnable refresh;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile long last = System.nanoTime() - Duration.ofHours(1).toNanos();

    public LiveRefresh(Duration interval, Runnable refresh) {
        this.interval = interval;
        this.refresh = refresh;
    }

    /**
     * Keeps a page as new as what it shows: reads with the person's own rights, outside the page's lock, then shows it.
     *
     * @param gone shown in place of the page once the person may not read it any more
     */
    public static <T> LiveRefresh of(Duration interval, UI ui, HasComponents page, User user, Supplier<T> read, Consumer<T> show, String gone) {
        return new LiveRefresh(interval, () -> {
            try {
                AtomicReference<T> newest = new AtomicReference<>();
                OnBehalf.of(user, () -> newest.set(read.get()));
                ui.access(() -> show.accept(newest.get()));
            } catch (ForbiddenException e) {
                ui.access(() -> {
                    page.removeAll();
                    page.add(new Paragraph(gone));
                });
            } catch (UIDetachedException e) {
                LOG.debug("The page was left before its news came", e); // leaving it ends its subscription
            }
        });
    }

    public void news() {
        if (waiting.compareAndSet(false, true)) {
            Thread.ofVirtual().start(this::refreshSoon);
        }
    }

    private void refreshSoon() {
        long wait = interval.toNanos() - (System.nanoTime() - last);
        if (wait > 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(wait);
        }
        last = System.nanoTime();
        waiting.set(false);
        refresh.run();
    }
}
