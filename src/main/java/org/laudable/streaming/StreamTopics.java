package org.laudable.streaming;

import java.util.List;

/**
 * Names of the topics.
 *
 * @param points    points in, keyed by series
 * @param anomalies what was found
 * @param summaries what pages show of series
 * @param refused   records that could not be scored, each with its reason as a header
 */
record StreamTopics(String points, String anomalies, String summaries, String refused) {

    static StreamTopics of(String prefix) {
        return new StreamTopics(prefix + ".points", prefix + ".anomalies", prefix + ".summaries", prefix + ".refused");
    }

    List<String> all() {
        return List.of(points, anomalies, summaries, refused);
    }
}
