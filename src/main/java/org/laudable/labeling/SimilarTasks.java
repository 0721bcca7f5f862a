package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.laudable.Refused;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.OutOfReach;
import org.laudable.security.User;

/**
 * Windows that look like the one a person is asked about, handed to them as tasks so that they answer all in one pass. Every
 * call checks that the person is a member.
 */
@ApplicationScoped
public class SimilarTasks {
    /** Ranked behind every other question: those not answered in the pass wait until nothing else does. */
    private static final double LAST = -1e9;
    /** Some of the nearest windows are answered already or held by others. */
    private static final int MORE = 3;

    private final ProjectAccess access;
    private final TaskRepository tasks;
    private final LimitRepository limits;
    private final LeaseRepository leases;
    private final TaskQueue queue;
    private final TaskViews views;
    private final Leasing leasing;
    private final Supplier<Optional<SimilarWindows>> finder;

    @Inject
    SimilarTasks(ProjectAccess access, TaskRepository tasks, LimitRepository limits, LeaseRepository leases, TaskQueue queue, TaskViews views,
            Leasing leasing, Instance<SimilarWindows> finder) {
        this(access, tasks, limits, leases, queue, views, leasing, () -> finder.stream().findFirst());
    }

    SimilarTasks(ProjectAccess access, TaskRepository tasks, LimitRepository limits, LeaseRepository leases, TaskQueue queue, TaskViews views,
            Leasing leasing, Supplier<Optional<SimilarWindows>> finder) {
        this.access = access;
        this.tasks = tasks;
        this.limits = limits;
        this.leases = leases;
        this.queue = queue;
        this.views = views;
        this.leasing = leasing;
        this.finder = finder;
    }

    /**
     * Makes questions of the windows nearest to that of a task this person was handed, and leases them to this person.
     *
     * @param deck the page that will show them
     * @param reason why they are asked, in words
     * @return nearest first; fewer than {@code count} where others hold them, they are answered, or the budget ends
     */
    public LeaseReply similar(long taskId, UUID deck, int count, String reason) {
        long projectId = tasks.projectOf(taskId).orElseThrow(SimilarTasks::unknown);
        User user = access.require(projectId, Role.ANNOTATOR);
        TaskRepository.WindowTask asked = tasks.window(taskId)
                .orElseThrow(() -> new Refused("Similar windows exist for series only."));
        if (!leases.everHeld(taskId, user.id())) {
            throw new Refused("This task was not handed to you.");
        }
        Terms terms = tasks.terms(projectId).orElseThrow(SimilarTasks::unknown);
        if (!terms.projectState().equals("ACTIVE") || "PAUSED".equals(terms.runState())) {
            throw new Refused("The project hands out no questions now.");
        }
        WorkLimits mine = limits.of(projectId, user.id());
        if (mine.paused() != null || mine.dayDone()) {
            throw new Refused("You are paused in this project, or your answers for today are given.");
        }
        List<SimilarWindow> near = finder.get()
                .map(found -> found.similarTo(projectId, asked.seriesId(), asked.point(), MORE * count)).orElse(List.of());
        if (near.isEmpty()) {
            throw new Refused("No other window is known to look like this one.");
        }
        Leasing.Handed handed = takeOrAsk(terms, user, deck, mine.leftToday() == null ? count : Math.min(count, mine.leftToday()), asked, near, reason);
        return new LeaseReply(handed.taskIds().isEmpty() && handed.capReached() ? DeckState.CAP_REACHED : DeckState.READY,
                views.of(user.id(), handed.taskIds()), handed.capReached());
    }

    /**
     * Makes a question of one window and hands it to a reviewer who wants to say something about it.
     *
     * @param deck the page that will answer it
     * @return empty where it was answered already, others hold it, or the budget ends
     */
    public Optional<TaskView> ask(long projectId, UUID deck, NewWindow window) {
        User user = access.require(projectId, Role.REVIEWER);
        Terms terms = tasks.terms(projectId).orElseThrow(SimilarTasks::unknown);
        if (!terms.projectState().equals("ACTIVE")) {
            throw new Refused("The project is archived. Bring it back under Settings to answer.");
        }
        queue.enqueueWindows(projectId, null, null, List.of(window));
        Leasing.Handed handed = leasing.takeWindow(terms, user.id(), deck, window.seriesId(), window.point());
        return views.of(user.id(), handed.taskIds()).stream().findFirst();
    }

    /** Asks window by window until the person has as many as wanted, so that no question is made that nobody will see. */
    private Leasing.Handed takeOrAsk(Terms terms, User user, UUID deck, int count, TaskRepository.WindowTask asked,
            List<SimilarWindow> near, String reason) {
        List<Long> handed = new ArrayList<>();
        for (SimilarWindow window : near) {
            if (handed.size() >= count) {
                break;
            }
            queue.enqueueWindows(terms.projectId(), asked.runId(), asked.round(), List.of(new NewWindow(window.seriesId(),
                    window.point(), window.from(), window.to(), Purpose.TRAIN, LAST - window.distance(), reason, null, null, null)));
            Leasing.Handed one = leasing.takeWindow(terms, user.id(), deck, window.seriesId(),
                    window.point());
            handed.addAll(one.taskIds());
            if (one.capReached()) {
                return new Leasing.Handed(handed, true);
            }
        }
        return new Leasing.Handed(handed, false);
    }

    private static OutOfReach unknown() {
        return new OutOfReach("There is no such task, or you have no access to it.");
    }
}
