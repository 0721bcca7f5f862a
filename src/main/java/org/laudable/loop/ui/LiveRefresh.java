package org.laudable.loop.ui;

import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.html.Paragraph;
import io.quarkus.security.ForbiddenException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.laudable.security.OnBehalf;
import org.laudable.security.User;

/**
 * Runs a refresh when news come: at most once per interval, one at a time so that what was read earlier is never shown
 * later, the last news never lost, a refresh that fails tried again. Work happens on virtual threads.
 */
public final class LiveRefresh {
    private static final Logger LOG = Logger.getLogger(LiveRefresh.class);

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

    private final Duration interval;
    private final Runnable refresh;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final ReentrantLock running = new ReentrantLock();
    private volatile long last = System.nanoTime() - Duration.ofHours(1).toNanos();

    /** @param refresh may throw: then it is tried again in some seconds, or never if its page is gone */
    public LiveRefresh(Duration interval, Runnable refresh) {
        this.interval = interval;
        this.refresh = refresh;
    }

    /**
     * Keeps a page as new as what it shows: reads with the person's own rights, outside the page's lock, then shows it. A
     * reading that fails is said on the page, which keeps what it showed, and is tried again.
     *
     * @param gone shown in place of the page once the person may not read it any more
     */
    public static <T> LiveRefresh of(Duration interval, UI ui, HasComponents page, User user, Supplier<T> read, Consumer<T> show, String gone) {
        Paragraph stale = new Paragraph(ui.getTranslation("run.stale"));
        stale.addClassName("stale");
        stale.getElement().setAttribute("role", "status");
        return new LiveRefresh(interval, () -> {
            try {
                AtomicReference<T> newest = new AtomicReference<>();
                OnBehalf.of(user, () -> newest.set(read.get()));
                ui.access(() -> {
                    stale.removeFromParent();
                    show.accept(newest.get());
                });
            } catch (ForbiddenException e) {
                ui.access(() -> {
                    page.removeAll();
                    page.add(new Paragraph(gone));
                });
            } catch (UIDetachedException e) {
                throw e;
            } catch (RuntimeException e) {
                ui.access(() -> page.addComponentAsFirst(stale));
                throw e;
            }
        });
    }

    public void news() {
        if (waiting.compareAndSet(false, true)) {
            Thread.ofVirtual().start(this::refreshSoon);
        }
    }

    private void refreshSoon() {
        running.lock();
        try {
            long wait = interval.toNanos() - (System.nanoTime() - last);
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            last = System.nanoTime();
            waiting.set(false); // news from here on want another refresh
            refresh.run();
        } catch (UIDetachedException e) {
            LOG.debug("The page was left before its news came", e); // leaving it ends its subscription
        } catch (RuntimeException e) {
            LOG.warn("A page could not be read anew; the next try is in some seconds", e);
            LockSupport.parkNanos(AFTER_A_FAILURE.toNanos());
            news();
        } finally {
            running.unlock();
        }
    }
}
