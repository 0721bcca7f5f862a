package org.laudable.engine.series;

/**
 * A stretch that has a known, harmless cause: a deployment, a holiday, a nightly job that people called expected. What lies
 * in it is treated as normal.
 *
 * @param from   first point, counted among the judged points
 * @param to     the point after the last
 * @param reason the cause in people's words; a potential that reads gets it
 */
public record Explained(int from, int to, String reason) {

    public Explained {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("Nothing lies between point %d and point %d".formatted(from, to));
        }
    }
}
