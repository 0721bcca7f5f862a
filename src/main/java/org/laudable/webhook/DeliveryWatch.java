package org.laudable.webhook;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;

/** Looks each second which webhooks have something to send, and has it sent, a few at a time. */
@ApplicationScoped
class DeliveryWatch {
    private static final Logger LOG = Logger.getLogger(DeliveryWatch.class);
    static final int AT_A_TIME = 8;
    private static final Duration CLEAN_EVERY = Duration.ofHours(1);

    private final WebhookRepository webhooks;
    private final DeliveryRepository deliveries;
    private final Deliverer deliverer;
    private final Clock clock;
    private final Duration every;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private ScheduledExecutorService timer;

    DeliveryWatch(WebhookRepository webhooks, DeliveryRepository deliveries, Deliverer deliverer, Clock clock, LaudableConfig config) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.deliverer = deliverer;
        this.clock = clock;
        this.every = config.webhooks().lookEvery();
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 600) StartupEvent started, LaudableConfig config) {
        if (every.isZero() || !config.role().worksOnJobs()) {
            return;
        }
        timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("webhook-watch").daemon().factory());
        timer.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(this::clean, 60, CLEAN_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent stopped) {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    private void look() {
        try {
            for (long id : webhooks.due(clock.instant(), AT_A_TIME)) {
                if (!free.tryAcquire()) {
                    return;
                }
                Thread.ofVirtual().name("webhook-" + id).start(() -> work(id));
            }
        } catch (RuntimeException e) {
            LOG.warn("Webhooks could not be looked at; the next try is in a moment", e);
        }
    }

    private void work(long id) {
        try {
            deliverer.work(id);
        } catch (RuntimeException e) {
            LOG.warnf(e, "Messages of webhook %d could not be sent; tried again in a moment", id);
        } finally {
            free.release();
        }
    }

    private void clean() {
        try {
            deliveries.clean(clock.instant());
        } catch (RuntimeException e) {
            LOG.warn("Old deliveries of webhooks could not be removed; tried again in an hour", e);
        }
    }
}
