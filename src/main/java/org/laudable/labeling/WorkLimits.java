package org.laudable.labeling;

import java.util.ArrayList;
import java.util.List;

/**
 * What one person may be handed in one project now.
 *
 * @param paused by whom; null: at work
 * @param leftToday how many more answers they may give today; null: no cap
 * @param skills classes they are asked about; empty: all
 * @param groups questions can be reserved for
 */
record WorkLimits(long accountId, PausedBy paused, Integer leftToday, List<Long> skills, List<String> groups) {

    /** What questions for them alone are reserved for: their own first. */
    List<String> reservations() {
        List<String> keys = new ArrayList<>();
        keys.add(Reservation.forPerson(accountId).key());
        groups.forEach(group -> keys.add(Reservation.forGroup(group).key()));
        return keys;
    }

    boolean dayDone() {
        return leftToday != null && leftToday <= 0;
    }
}
