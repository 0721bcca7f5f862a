package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.laudable.live.ProjectEvents;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.Notifications;
import org.laudable.series.SeriesInfo;
import org.laudable.webhook.Outbox;
import org.laudable.webhook.WebhookEvent;

/** Whoever should know of what was found live: the table, webhooks, open pages, managers. In the caller's transaction. */
@ApplicationScoped
class Telling {
    /** A page of many points a second is told this often that there are more. */
    private static final long SELDOM_MILLIS = 400;

    private final AnomalyRepository anomalies;
    private final StateRepository states;
    private final Outbox outbox;
    private final Notifications notifications;
    private final ProjectEvents events;
    private final Event<LiveNews> news;
    private final Clock clock;
    private final Map<Long, Long> told = new ConcurrentHashMap<>();

    Telling(AnomalyRepository anomalies, StateRepository states, Outbox outbox, Notifications notifications, ProjectEvents events, Event<LiveNews> news, Clock clock) {
        this.anomalies = anomalies;
        this.states = states;
        this.outbox = outbox;
        this.notifications = notifications;
        this.events = events;
        this.news = news;
        this.clock = clock;
    }

    /** Told again, an anomaly is the same row, and webhooks hear of it once. */
    @Transactional(Transactional.TxType.MANDATORY)
    void found(List<Found> all) {
        for (Found one : all) {
            anomalies.tell(one).ifPresent(id -> {
                Map<String, Object> fact = new LinkedHashMap<>();
                fact.put("liveAnomalyId", id);
                fact.put("seriesId", one.seriesId());
                fact.put("from", one.from().toString());
                fact.put("to", one.to().toString());
                fact.put("confidence", one.probability());
                outbox.add(one.projectId(), WebhookEvent.ANOMALY_FOUND, fact);
            });
        }
        if (!all.isEmpty()) {
            news.fire(new LiveNews(all.getFirst().projectId(), true));
        }
    }

    /** Proposes a round to the managers once a series, as its row now says, begins to drift; nothing happens by itself. */
    @Transactional(Transactional.TxType.MANDATORY)
    void drift(List<SeriesInfo> changed) {
        if (changed.isEmpty()) {
            return;
        }
        Set<Long> drifting = states.tellDrift(changed.stream().map(SeriesInfo::id).toList());
        for (SeriesInfo one : changed) {
            if (drifting.contains(one.id())) {
                notifications.toManagers(one.projectId(), NotificationKind.LIVE_DRIFT, Map.of("series", one.name()));
                news.fire(new LiveNews(one.projectId(), true));
            }
        }
    }

    void changed(long projectId) {
        news.fire(new LiveNews(projectId, false));
    }

    void onNews(@Observes(during = TransactionPhase.AFTER_SUCCESS) LiveNews one) {
        long now = clock.millis();
        Long before = told.get(one.projectId());
        if (one.atOnce() || before == null || Math.abs(now - before) >= SELDOM_MILLIS) {
            told.put(one.projectId(), now);
            events.publish(one.projectId(), ProjectEvents.Kind.LIVE);
        }
    }
}
