package org.laudable.ui;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServletContext;
import io.quarkus.runtime.ShutdownEvent;
import io.undertow.websockets.ConfiguredServerEndpoint;
import io.undertow.websockets.ServerWebSocketContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps live updates alive. The page framework hands each push connection over through one place for the whole server;
 * a browser that goes away in just that moment leaves its request there, and from then on nobody's connection opens.
 * This looks after that place and clears what stays in it. See docs/decisions/004.
 */
@ApplicationScoped
class PushHandshakes {
    private static final Logger LOG = Logger.getLogger(PushHandshakes.class);
    static final String CONFIGURATOR = "org.atmosphere.container.JSR356AsyncSupport$QuarkusAtmosphereConfigurator";
    static final String PLACE = "requests";
    /** A handover takes milliseconds; what waits longer waits for nobody. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("push-handshakes").factory());
    private ServerContainer container;
    private LeftBehind<?> place;

    void watch(@Observes ServiceInitEvent event) {
        if (event.getSource().getContext() instanceof VaadinServletContext servlet) {
            container = (ServerContainer) servlet.getContext().getAttribute(ServerContainer.class.getName());
            timer.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void look() {
        if (place == null) {
            try {
                place = find().orElse(null);
            } catch (IllegalStateException e) {
                LOG.error("Live updates can stop for everybody when a browser leaves at the wrong moment", e);
                timer.shutdown();
            }
        } else if (place.clear(System.nanoTime())) {
            LOG.debug("A push connection broke off while it was being opened; its place is free again");
        }
    }

    private Optional<LeftBehind<?>> find() {
        if (container instanceof ServerWebSocketContainer endpoints) {
            for (ConfiguredServerEndpoint endpoint : endpoints.getConfiguredServerEndpoints()) {
                ServerEndpointConfig.Configurator configurator = endpoint.getEndpointConfiguration().getConfigurator();
                if (configurator.getClass().getName().equals(CONFIGURATOR)) {
                    return Optional.of(new LeftBehind<>(place(configurator), PATIENCE));
                }
            }
        }
        return Optional.empty();
    }

    private static Queue<?> place(ServerEndpointConfig.Configurator configurator) {
        try {
            Field field = configurator.getClass().getDeclaredField(PLACE);
            field.setAccessible(true);
            return (Queue<?>) field.get(configurator);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The page framework hands push connections over in another way now: see whether "
                    + PushHandshakes.class.getName() + " is still needed", e);
        }
    }

    /** A queue whose first entry must not stay there for long. */
    static final class LeftBehind<T> {
        private final Queue<T> queue;
        private final long patience;
        private T first;
        private long since;

        LeftBehind(Queue<T> queue, Duration patience) {
            this.queue = queue;
            this.patience = patience.toNanos();
        }

        /** @return whether something had waited too long and was taken out */
        boolean clear(long now) {
            T head = queue.peek();
            if (head == null || head != first) {
                first = head;
                since = now;
                return false;
            }
            return now - since >= patience && queue.remove(head);
        }
    }
}
