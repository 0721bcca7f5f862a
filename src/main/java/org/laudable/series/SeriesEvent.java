package org.laudable.series;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened at a time; it may explain what looks like an anomaly.
 *
 * @param seriesId the one series it belongs to; null: all series of the project
 * @param weekly   recurs each week at this time, before and after
 * @param explains in a person's words
 */
public record SeriesEvent(long id, long projectId, Long seriesId, Instant from, Instant to, boolean weekly, String explains) {
    private static final int MOST_OCCURRENCES = 5_000;

    /** One time it happens. */
    public record Occurrence(Instant from, Instant to) {}

    /** When it happens between two moments (both included), weeks counted in UTC. */
    public List<Occurrence> occurrences(Instant from, Instant to) {
        return occurrences(from, to, ZoneOffset.UTC);
    }

    /** When it happens between two moments (both included); a weekly event keeps its local time over clock changes. */
    public List<Occurrence> occurrences(Instant first, Instant last, ZoneId zone) {
        if (!weekly) {
            return to.isBefore(first) || from.isAfter(last) ? List.of() : List.of(new Occurrence(from, to));
        }
        List<Occurrence> found = new ArrayList<>();
        ZonedDateTime start = from.atZone(zone);
        ZonedDateTime end = to.atZone(zone);
        long week = Math.floorDiv(ChronoUnit.DAYS.between(end, first.atZone(zone)), 7) - 1;
        for (; found.size() < MOST_OCCURRENCES; week++) {
            Occurrence one = new Occurrence(start.plusWeeks(week).toInstant(), end.plusWeeks(week).toInstant());
            if (one.from.isAfter(last)) {
                break;
            }
            if (!one.to.isBefore(first)) {
                found.add(one);
            }
        }
        return found;
    }
}
