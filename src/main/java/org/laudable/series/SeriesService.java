package org.laudable.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.laudable.Refused;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/** Series, events and settings for the person at work: members read, reviewers and managers add events, managers edit. */
@ApplicationScoped
public class SeriesService {
    private static final Duration LONGEST_WEEKLY = Duration.ofDays(7);
    private static final int LONGEST_TEXT = 4_000;

    private final SeriesRepository series;
    private final SeriesStore store;
    private final ProjectAccess access;
    private final ProjectEvents news;
    private final AuditLog audit;

    SeriesService(SeriesRepository series, SeriesStore store, ProjectAccess access, ProjectEvents news, AuditLog audit) {
        this.series = series;
        this.store = store;
        this.access = access;
        this.news = news;
        this.audit = audit;
    }

    /** By name. For every member. */
    public List<SeriesInfo> ofProject(long projectId) {
        access.require(projectId, Role.ANNOTATOR);
        return series.ofProject(projectId);
    }

    /** For every member of its project. */
    public SeriesInfo find(long seriesId) {
        return readable(seriesId);
    }

    /** The same, if it belongs to this project. */
    public SeriesInfo ofProject(long projectId, long seriesId) {
        access.require(projectId, Role.ANNOTATOR);
        SeriesInfo info = readable(seriesId);
        if (info.projectId() != projectId) {
            throw new OutOfReach("There is no such series in the project.");
        }
        return info;
    }

    /** When a point was. For every member of its project. */
    public Instant moment(long seriesId, int point) {
        SeriesInfo info = readable(seriesId);
        int there = Math.clamp(point, 0, info.points() - 1);
        return Instant.ofEpochMilli(store.times(seriesId, there, there + 1)[0]);
    }

    /** A stretch for a chart; see {@link SeriesStore#range}. For every member of its project. */
    public SeriesRange range(long seriesId, int from, int to, int width, Set<Integer> channels) {
        readable(seriesId);
        return store.range(seriesId, from, to, width, channels);
    }

    /** Anomalies that came along as labels. For reviewers and managers: a labeler answers without knowing. */
    public List<KnownInterval> known(long seriesId) {
        access.require(readable(seriesId).projectId(), Role.REVIEWER);
        return series.known(seriesId);
    }

    /** Events of this series and those of all; weekly ones are not expanded. For every member. */
    public List<SeriesEvent> events(long seriesId) {
        return series.events(readable(seriesId).projectId(), seriesId);
    }

    /** Every event of the project. For every member. */
    public List<SeriesEvent> eventsOfProject(long projectId) {
        access.require(projectId, Role.ANNOTATOR);
        return series.events(projectId, null);
    }

    /** @param seriesId null: it concerns all series of the project */
    @Transactional
    public SeriesEvent addEvent(long projectId, Long seriesId, Instant from, Instant to, boolean weekly, String explains) {
        User person = access.require(projectId, Role.REVIEWER);
        SeriesEvent event = checked(new SeriesEvent(0, projectId, seriesId, from, to, weekly, explains));
        long id = series.addEvent(projectId, seriesId, event.from(), event.to(), weekly, event.explains(), person.id());
        audit.record("event.added", "project:" + projectId, projectId, Map.of("event", id, "explains", event.explains()));
        news.publish(projectId, ProjectEvents.Kind.SETTINGS);
        return series.event(id).orElseThrow();
    }

    /** Several at once, or none: the first that is refused says why. */
    @Transactional
    public int addEvents(long projectId, List<SeriesEvent> events) {
        access.require(projectId, Role.REVIEWER);
        events.forEach(one -> addEvent(projectId, one.seriesId(), one.from(), one.to(), one.weekly(), one.explains()));
        return events.size();
    }

    @Transactional
    public void changeEvent(SeriesEvent event) {
        access.require(event.projectId(), Role.REVIEWER);
        SeriesEvent there = eventOf(event.projectId(), event.id());
        series.changeEvent(checked(event));
        audit.changed("event.changed", "event:" + event.id(), event.projectId(), there, event);
        news.publish(event.projectId(), ProjectEvents.Kind.SETTINGS);
    }

    /** Deletes an event and returns what it was, so that the page can bring it back. */
    @Transactional
    public SeriesEvent deleteEvent(long projectId, long eventId) {
        access.require(projectId, Role.REVIEWER);
        SeriesEvent there = eventOf(projectId, eventId);
        series.deleteEvent(eventId);
        audit.record("event.deleted", "event:" + eventId, projectId, Map.of("event", there));
        news.publish(projectId, ProjectEvents.Kind.SETTINGS);
        return there;
    }

    /** For every member. */
    public SeriesSettings settings(long projectId) {
        access.require(projectId, Role.ANNOTATOR);
        return series.settings(projectId);
    }

    @Transactional
    public void saveSettings(long projectId, SeriesSettings settings) {
        access.require(projectId, Role.MANAGER);
        if (!Set.of("laudable", "paper").contains(settings.preset()) || !Set.of("mixed", "learn", "find").contains(settings.acquisition())) {
            throw new Refused("Choose one of the presets and aims that are offered.");
        }
        if (!(settings.missCost() >= .1 && settings.missCost() <= 1_000)) {
            throw new Refused("The cost of a missed anomaly must be between 0.1 and 1,000 false alarms.");
        }
        if (settings.normal().length() > LONGEST_TEXT) {
            throw new Refused("The description of what is normal is longer than 4,000 characters. Shorten it.");
        }
        SeriesSettings before = series.settings(projectId);
        series.saveSettings(projectId, settings);
        audit.changed("series.settings", "project:" + projectId, projectId, before, settings);
        news.publish(projectId, ProjectEvents.Kind.SETTINGS);
    }

    /**
     * Says what a channel measures. For managers.
     *
     * @param everywhere whether channels of the same name in the project's other series get it too
     */
    @Transactional
    public void describeChannel(long seriesId, int ordinal, String unit, String description, boolean everywhere) {
        SeriesInfo info = readable(seriesId);
        access.require(info.projectId(), Role.MANAGER);
        if (unit.strip().length() > 40 || description.strip().length() > 500) {
            throw new Refused("A unit has at most 40 characters, a description 500. Shorten it.");
        }
        String name = info.channels().stream().filter(one -> one.ordinal() == ordinal).map(Channel::name).findFirst()
                .orElseThrow(() -> new Refused("This channel is not there any more. Reload the page."));
        if (everywhere) {
            series.changeChannels(info.projectId(), name, unit.strip(), description.strip());
        } else {
            series.changeChannel(seriesId, ordinal, unit.strip(), description.strip());
        }
        news.publish(info.projectId(), ProjectEvents.Kind.SETTINGS);
    }

    /**
     * Deletes a series with everything asked and answered about it. For managers.
     *
     * @param typedName must be the series' name: the person confirms by typing it
     */
    @Transactional
    public void delete(long seriesId, String typedName) {
        SeriesInfo info = readable(seriesId);
        access.require(info.projectId(), Role.MANAGER);
        if (!info.name().strip().equals(typedName.strip())) {
            throw new Refused("The name you typed is not the series'. Nothing was deleted.");
        }
        series.delete(seriesId);
        audit.record("series.deleted", "series:" + seriesId, info.projectId(), Map.of("name", info.name()));
        news.publish(info.projectId(), ProjectEvents.Kind.IMPORT);
    }

    private SeriesInfo readable(long seriesId) {
        SeriesInfo info = series.find(seriesId)
                .orElseThrow(() -> new OutOfReach("There is no such series, or you have no access to this series."));
        access.require(info.projectId(), Role.ANNOTATOR);
        return info;
    }

    private SeriesEvent eventOf(long projectId, long eventId) {
        return series.event(eventId).filter(one -> one.projectId() == projectId)
                .orElseThrow(() -> new Refused("This event is not there any more. Reload the page."));
    }

    private SeriesEvent checked(SeriesEvent event) {
        String explains = event.explains() == null ? "" : event.explains().strip();
        if (explains.isEmpty() || explains.length() > LONGEST_TEXT) {
            throw new Refused("Say in a few words what happened.");
        }
        if (event.from() == null || event.to() == null || event.to().isBefore(event.from())) {
            throw new Refused("The event needs a beginning, and an end that is not before it.");
        }
        if (event.weekly() && Duration.between(event.from(), event.to()).compareTo(LONGEST_WEEKLY) >= 0) {
            throw new Refused("An event that recurs weekly must be shorter than a week.");
        }
        if (event.seriesId() != null && series.find(event.seriesId()).filter(one -> one.projectId() == event.projectId()).isEmpty()) {
            throw new Refused("This series is not there any more. Reload the page.");
        }
        return new SeriesEvent(event.id(), event.projectId(), event.seriesId(), event.from(), event.to(), event.weekly(), explains);
    }
}
