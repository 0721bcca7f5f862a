package org.laudable.notification;

/**
 * What happened. The text is {@code notification.<kind>} in the reader's language, with {@code {name}} replaced by the
 * argument of that name: one that ends in {@code Micros} reads as money in the argument {@code currency}, all others as
 * they are. Beside an argument that names a person stands {@code <name>Id} with their account. Two arguments serve every
 * kind: {@code note}, a second line in somebody's own words (or {@code noteKey} with {@code note0}, {@code note1}, …: one in
 * the reader's language), and {@code path}, the place it is about ({@code projects/…}) where that is not the kind's usual one.
 */
public enum NotificationKind {
    /** A reviewer sent an answer back: {@code by}, {@code note}. */
    SENT_BACK("label"),
    /** A person may not label for now: {@code note} says why. */
    PAUSED("label"),
    /** A run waits: {@code note} says why, if it paused by itself. */
    RUN_PAUSED("run"),
    /** A batch is answered and its model is in: {@code round}, {@code labels}. The newest replaces unread older ones. */
    BATCH_READY("run"),
    /** A share of the cap is spent: {@code percent}, {@code settledMicros}, {@code capMicros}, {@code currency}. */
    CAP_NEAR("budget"),
    /** What is left pays for no further question: {@code settledMicros}, {@code capMicros}, {@code currency}. */
    CAP_REACHED("budget"),
    RUN_FINISHED("run"),
    /** {@code note} says why. */
    RUN_FAILED("run"),
    /** Somebody fell below the pass mark: {@code person}. */
    GOLD_FAILED("team"),
    /** A rule of single sign-on took away the last manager; for administrators. */
    NO_MANAGER("team"),
    /** Messages to a webhook did not arrive for a day: {@code name}. */
    WEBHOOK_GIVEN_UP("settings/webhooks"),
    /** Nothing arrived at a webhook for three days: {@code name}. */
    WEBHOOK_PAUSED("settings/webhooks"),
    /** Live scores of a series are distributed otherwise than those learned from: {@code series}. */
    LIVE_DRIFT("live");

    private final String page;

    NotificationKind(String page) {
        this.page = page;
    }

    /** The page of the project it leads to. */
    String page() {
        return page;
    }
}
