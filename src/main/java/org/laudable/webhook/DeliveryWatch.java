package org.laudable.webhook;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;

/** Looks each second which webhooks have something to send, and has it sent, a few at a time. */
@ApplicationScoped
class DeliveryWatch {
    private static final Logger LOG = Logger.getLogger(DeliveryWatch.class);
    static final int AT_A_TIME = 8;
    private static final Duration FIRST_CLEAN = Duration.ofMinutes(1);
    private static final Duration CLEAN_EVERY = Duration.ofHours(1);

    private final WebhookRepository webhooks;
    private final DeliveryRepository deliveries;
    private final Deliverer deliverer;
    private final Clock clock;
    private final Duration every;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final PeriodicTask looking = new PeriodicTask("webhook-watch", this::look, "Webhooks could not be looked at");
    private final PeriodicTask cleaning = new PeriodicTask("webhook-cleaning", this::clean, "Old deliveries of webhooks could not be removed");

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
        looking.start(every);
        cleaning.start(FIRST_CLEAN, CLEAN_EVERY);
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent stopped) {
        looking.stop();
        cleaning.stop();
    }

    private void look() {
        for (long id : webhooks.due(clock.instant(), AT_A_TIME)) {
            if (!free.tryAcquire()) {
                return;
            }
            Thread.ofVirtual().name("webhook-" + id).start(() -> work(id));
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
        deliveries.clean(clock.instant());
    }
}
