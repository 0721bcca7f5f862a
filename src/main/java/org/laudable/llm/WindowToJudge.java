package org.laudable.llm;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * A window of a series as a language model sees it.
 *
 * @param from     its first point
 * @param step     the usual distance of two points
 * @param zone     in which weekday and hour are told
 * @param events   known causes in force during the window, in the team's words
 * @param examples judged windows of the same series, a few, in words: 'a drop to −5 on a Sunday: expected, weekly backup'
 */
public record WindowToJudge(List<ChannelValues> channels, Instant from, Duration step, ZoneId zone, List<String> events,
        List<String> examples) {

    public WindowToJudge {
        channels = List.copyOf(channels);
        events = List.copyOf(events);
        examples = List.copyOf(examples);
    }

    /**
     * @param unit        empty if none is known
     * @param description empty if none is known
     * @param deviations  robust deviations from the channel's usual level, oldest first; NaN is a gap
     */
    public record ChannelValues(String name, String unit, String description, double[] deviations) {}
}
