package org.laudable.project;

/**
 * How people are measured against known answers.
 *
 * @param percent     of a person's questions are gold items
 * @param onboarding  so many gold items come before anything else; 0: none
 * @param passPercent right answers, in percent, below which a person is paused
 */
public record GoldSettings(int percent, int onboarding, int passPercent) {
    public static final GoldSettings DEFAULTS = new GoldSettings(0, 0, 80);

    /** Whether anybody is asked about gold items at all. */
    public boolean on() {
        return percent > 0 || onboarding > 0;
    }
}
