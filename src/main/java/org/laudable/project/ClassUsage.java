package org.laudable.project;

/**
 * What would be lost if a class simply went away.
 *
 * @param labels items whose label it is now
 * @param answers people's answers, also corrected ones
 * @param known  items that came in with it as their known label
 */
public record ClassUsage(long labels, long answers, long known) {
    public boolean used() {
        return labels + answers + known > 0;
    }
}
