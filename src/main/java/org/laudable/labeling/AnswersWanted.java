package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.laudable.labeling.AnnotationRepository.Vote;

/**
 * How many answers a question still wants: one more person while they do not agree, up to the project's most; and when it
 * cannot get them, why a reviewer decides.
 */
@ApplicationScoped
class AnswersWanted {
    private final TaskRepository tasks;
    private final AnnotationRepository annotations;

    AnswersWanted(TaskRepository tasks, AnnotationRepository annotations) {
        this.tasks = tasks;
        this.annotations = annotations;
    }

    /**
     * Grows or shrinks the (locked) task by its answers.
     *
     * @param now how many answers it wants so far
     * @param votes its counted answers
     * @param agreed whether most of them say the same
     * @return how many answers it wants now
     */
    int fit(Terms terms, TaskRow task, int now, List<Vote> votes, boolean agreed) {
        int slots = now;
        if (agreed && slots > task.baseSlots() && votes.size() < slots) { // an answer was changed: they agree after all
            slots = Math.max(task.baseSlots(), votes.size() + tasks.held(task.id()));
        } else if (!agreed && votes.size() >= slots && slots < terms.mostAnnotators() && !flagged(votes)
                && (annotations.countSurplus(task.id()) || tasks.someoneLeft(task))) {
            slots = slots + 1;
        }
        if (slots != now) {
            tasks.resize(task.id(), slots);
        }
        return slots;
    }

    /**
     * Why the task waits for a reviewer, if it does.
     *
     * @param wanted how many answers it wants
     */
    Optional<ReviewReason> review(TaskRow task, List<Vote> votes, int wanted, boolean agreed) {
        if (votes.size() >= wanted) {
            return agreed ? Optional.empty() : Optional.of(flagged(votes) ? ReviewReason.FLAGGED : ReviewReason.DISAGREEMENT);
        }
        if (annotations.anySkipForReviewer(task.id())) {
            return Optional.of(flagged(votes) ? ReviewReason.FLAGGED : ReviewReason.SKIPPED);
        }
        boolean passedOn = annotations.anySkip(task.id());
        if (!passedOn && wanted == task.baseSlots() || tasks.held(task.id()) > 0 || tasks.someoneLeft(task)) {
            return Optional.empty(); // a team smaller than the overlap waits for one more member
        }
        return Optional.of(flagged(votes) ? ReviewReason.FLAGGED
                : passedOn ? ReviewReason.SKIPPED : ReviewReason.DISAGREEMENT);
    }

    private static boolean flagged(List<Vote> votes) {
        return votes.stream().anyMatch(vote -> vote.kind() == AnswerKind.FLAG);
    }
}
