package org.laudable.series;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * A series without its values.
 *
 * @param points      how many, history included
 * @param history     the first points: known (a training file), but neither asked about nor scored
 * @param stepSeconds the usual distance of two points
 * @param zone        for calendar context and display
 * @param gaps        places where points are missing
 */
public record SeriesInfo(long id, long projectId, String name, List<Channel> channels, int points, int history,
        double stepSeconds, Instant startsAt, Instant endsAt, ZoneId zone, int gaps, List<Finding> findings) {
    public SeriesInfo {
        channels = List.copyOf(channels);
        findings = List.copyOf(findings);
    }
}
