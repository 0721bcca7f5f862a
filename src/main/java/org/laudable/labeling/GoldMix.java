package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.Notifications;
import org.laudable.project.MembersChanged;

/**
 * Mixes gold items into what annotators are handed, and pauses who falls below the pass mark. Checks no access.
 *
 * <p>Answers to gold items are recorded and paid like others, but they neither label nor train.
 */
@ApplicationScoped
class GoldMix {
    private final GoldRepository gold;
    private final LimitRepository limits;
    private final AnnotationRepository annotations;
    private final Notifications notifications;
    private final Event<MembersChanged> changed;

    GoldMix(GoldRepository gold, LimitRepository limits, AnnotationRepository annotations, Notifications notifications,
            Event<MembersChanged> changed) {
        this.gold = gold;
        this.limits = limits;
        this.annotations = annotations;
        this.notifications = notifications;
        this.changed = changed;
    }

    /**
     * What comes next.
     *
     * @param only nothing but gold items may be handed out
     * @param task a gold question made for the person, locked by this transaction
     */
    record Turn(boolean only, Optional<Long> task) {
        static final Turn NONE = new Turn(false, Optional.empty());
    }

    /** @param others whether there are other questions to mix it with; the test at the start needs none */
    Turn next(Terms terms, WorkLimits person, boolean others) {
        long project = terms.projectId();
        if (!terms.gold().on() || !gold.measured(project, person.accountId())) {
            return Turn.NONE;
        }
        GoldRepository.Person turn = gold.turn(project, person.accountId());
        if (terms.gold().onboarding() > 0 && !turn.onboarded()) {
            GoldRepository.Asked asked = gold.asked(project, person.accountId());
            Optional<Long> task = asked.answered() + asked.held() < terms.gold().onboarding()
                    ? gold.ask(project, person.accountId()) : Optional.empty();
            if (task.isPresent() || asked.held() > 0) {
                return new Turn(true, task);
            }
            if (!testPassed(terms, person.accountId(), asked.answered())) { // no gold item is left to be asked
                pause(project, person.accountId());
                return new Turn(true, Optional.empty());
            }
        }
        if (!others) {
            return Turn.NONE;
        }
        boolean due = new SplittableRandom(terms.seed() + 31 * person.accountId() + 7_919 * turn.handed()).nextInt(100)
                < terms.gold().percent();
        return new Turn(false, due ? gold.ask(project, person.accountId()) : Optional.empty());
    }

    /** Leases of these (locked) tasks have ended. */
    void returned(List<Long> taskIds) {
        gold.withdrawReturned(taskIds.toArray(Long[]::new));
    }

    /** After an answer to a (locked) gold question, or its undo. */
    void conclude(Terms terms, TaskRow task, long accountId) {
        gold.lock(task.projectId(), accountId);
        boolean done = !annotations.votes(task.id()).isEmpty() || annotations.anySkip(task.id());
        gold.answered(task.id(), done);
        GoldScore score = gold.score(task.projectId(), accountId).orElse(null);
        if (!done || score == null || limits.of(task.projectId(), accountId).paused() != null) {
            return;
        }
        boolean below;
        if (terms.gold().onboarding() > 0 && !score.onboarded()) {
            int answered = gold.asked(task.projectId(), accountId).answered();
            below = answered >= terms.gold().onboarding() && !testPassed(terms, accountId, answered);
        } else {
            below = score.surelyBelow(terms.gold().passPercent());
        }
        if (below) {
            pause(task.projectId(), accountId);
        }
    }

    /** Judges the test at the start: what was skipped or flagged is not right. */
    private boolean testPassed(Terms terms, long accountId, int answered) {
        boolean passed = gold.score(terms.projectId(), accountId).filter(score -> score.passes(terms.gold().passPercent(), answered)).isPresent();
        if (passed) {
            gold.onboarded(terms.projectId(), accountId);
        }
        return passed;
    }

    private void pause(long projectId, long accountId) {
        if (!limits.pauseForGold(projectId, accountId)) {
            return; // an answer and a wish for the next question came at the same time
        }
        changed.fire(new MembersChanged(projectId));
        notifications.to(accountId, projectId, NotificationKind.PAUSED, Map.of());
        notifications.toManagers(projectId, NotificationKind.GOLD_FAILED, Map.of("person", limits.nameOf(accountId), "personId", Long.toString(accountId)));
    }
}
