package org.laudable.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.laudable.ProcessName;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Carries short messages to the other processes on the same database, by PostgreSQL's LISTEN and NOTIFY. Nothing is kept: a
 * process that was cut off is told so afterwards ({@code missed}), and reads anew what it shows.
 */
@ApplicationScoped
public class Broadcast {
    private static final Logger LOG = Logger.getLogger(Broadcast.class);
    private static final String CHANNEL = "laudable";
    /** What is said several times within this span is said once. */
    private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final int LISTEN_MILLIS = 10_000;
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DataSource dataSource;
    private final ObjectMapper json;
    private final String self;
    private final Map<String, List<Listener>> listeners = new ConcurrentHashMap<>();
    private final Set<Message> waiting = new LinkedHashSet<>();
    private volatile boolean stopped;
    private Thread speaker;
    private Thread ear;

    Broadcast(DataSource dataSource, ObjectMapper json, ProcessName name) {
        this.dataSource = dataSource;
        this.self = name.toString();
        this.json = json;
    }

    private record Message(String topic, String text) {}

    private record Listener(Consumer<String> heard, Runnable missed) {}

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 400) StartupEvent started) {
        speaker = Thread.ofPlatform().name("broadcast-out").daemon().start(this::speak);
        ear = Thread.ofPlatform().name("broadcast-in").daemon().start(this::listen);
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent shutdown) {
        stopped = true;
        LockSupport.unpark(speaker);
        try {
            send(List.of(new Message("", ""))); // wakes the ear, which then gives its connection back
            ear.join(LONGEST_GOODBYE);
        } catch (SQLException e) {
            LOG.debug("The database is gone already", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Hears what other processes say on a topic, from the start to the end of this process.
     *
     * @param heard  returns at once
     * @param missed called when messages may have been lost; returns at once
     */
    public void hear(String topic, Consumer<String> heard, Runnable missed) {
        listeners.computeIfAbsent(topic, unknown -> new CopyOnWriteArrayList<>()).add(new Listener(heard, missed));
    }

    /** Tells the other processes, not this one; call after the change has been committed. Returns at once. */
    public void tell(String topic, String text) {
        synchronized (waiting) {
            waiting.add(new Message(topic, text));
        }
        LockSupport.unpark(speaker);
    }

    private void speak() {
        while (!stopped) {
            List<Message> now = take();
            if (now.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            try {
                send(now);
            } catch (SQLException | RuntimeException e) {
                LOG.debug("Other processes were not told what changed here; they see it when they look again", e);
            }
            LockSupport.parkNanos(this, TOGETHER_NANOS);
        }
    }

    private List<Message> take() {
        synchronized (waiting) {
            List<Message> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        }
    }

    private void send(List<Message> messages) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement notify = connection.prepareStatement("select pg_notify('" + CHANNEL + "', said) from unnest(?) said")) {
            notify.setArray(1, connection.createArrayOf("text", messages.stream().map(this::written).toArray()));
            notify.execute();
        }
    }

    private String written(Message message) {
        return json.createObjectNode().put("from", self).put("topic", message.topic()).put("text", message.text()).toString();
    }

    private void listen() {
        boolean first = true;
        while (!stopped) {
            try (Connection connection = dataSource.getConnection()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set application_name = 'laudable listens'");
                    statement.execute("listen " + CHANNEL);
                }
                if (!first) {
                    listeners.values().forEach(all -> all.forEach(one -> one.missed().run()));
                }
                first = false;
                hearOn(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("unlisten *");
                }
            } catch (SQLException | RuntimeException e) {
                if (!stopped) {
                    LOG.debug("Not listening to other processes; tried again in a second", e);
                    LockSupport.parkNanos(this, AGAIN_NANOS);
                }
            }
        }
    }

    /** The connection serves nothing else, until it breaks or the process ends. */
    private void hearOn(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!stopped) {
            PGNotification[] news = postgres.getNotifications(LISTEN_MILLIS);
            if (news == null || news.length == 0) {
                connection.isValid(5); // a connection that broke silently is noticed
                continue;
            }
            for (PGNotification one : news) {
                pass(one.getParameter());
            }
        }
    }

    private void pass(String written) {
        try {
            JsonNode message = json.readTree(written);
            if (!message.path("from").asText().equals(self)) {
                listeners.getOrDefault(message.path("topic").asText(), List.of()).forEach(one -> one.heard().accept(message.path("text").asText()));
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.debugf(e, "A message of another process was not understood: %s", written);
        }
    }
}
