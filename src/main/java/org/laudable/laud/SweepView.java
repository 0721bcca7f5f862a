package org.laudable.laud;

import java.time.Duration;
import java.util.Optional;

/**
 * A pass over all texts of a project as its page shows it.
 *
 * @param kind      EMBED, PREDICT, LABEL or REST
 * @param state     PREPARING, ACTIVE, PAUSED, DONE, STOPPED or FAILED
 * @param done      texts passed
 * @param written   new vectors, predictions or labels
 * @param cap       at most so many labels; null: no cap
 * @param perSecond texts a second in the last minutes; 0 while it cannot be told
 * @param timeLeft  at that pace; empty while it cannot be told
 * @param error     why it failed; null otherwise
 */
public record SweepView(long id, String kind, String state, long items, long done, long written, Long cap, double perSecond,
        Optional<Duration> timeLeft, String error) {

    static SweepView of(Sweep sweep, double pace) {
        boolean moving = sweep.state() == Sweep.State.ACTIVE;
        return new SweepView(sweep.id(), sweep.kind().name(), sweep.state().name(), sweep.items(), Math.min(sweep.done(), sweep.items()), sweep.written(),
                sweep.cap(), moving ? pace : 0, moving ? timeLeft(sweep, pace) : Optional.empty(), sweep.error());
    }

    static Optional<Duration> timeLeft(Sweep sweep, double pace) {
        return pace <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds((long) Math.ceil(Math.max(0, sweep.items() - sweep.done()) / pace)));
    }

    public boolean ended() {
        return state.equals("DONE") || state.equals("STOPPED") || state.equals("FAILED");
    }
}
