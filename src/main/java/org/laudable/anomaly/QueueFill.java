package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.laudable.labeling.NewWindow;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.loop.Run;
import org.laudable.loop.RunState;
import org.laudable.loop.Runs;
import org.laudable.project.LabelClass;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectDirectory;

/** Moves windows worth asking about into the queue, over all series of the project, so that nobody waits for a model. */
@ApplicationScoped
class QueueFill {
    /** Keeps a series without any suspicion from never being asked about. */
    private static final double LEAST_NEED = .25;

    private final TaskQueue queue;
    private final WindowRepository windows;
    private final Runs runs;
    private final DetectionBudget budget;
    private final ProjectDirectory projects;

    QueueFill(TaskQueue queue, WindowRepository windows, Runs runs, DetectionBudget budget, ProjectDirectory projects) {
        this.queue = queue;
        this.windows = windows;
        this.runs = runs;
        this.budget = budget;
        this.projects = projects;
    }

    /** Whether the queue is half empty. */
    boolean low(Run run) {
        return queue.open(run.projectId(), Purpose.TRAIN) * 2 <= wanted(run);
    }

    /** How many questions the queue should hold; fewer while series are still being fitted, so that these get theirs. */
    private long wanted(Run run) {
        int demand = queue.demand(run.projectId());
        return Math.clamp(Math.round(demand * windows.fittedShare(run.projectId(), run.id())), Math.min(demand, 2 * TaskQueue.PREFETCH), demand);
    }

    boolean empty(Run run) {
        return windows.left(run.projectId()) == 0;
    }

    /** Takes back what nobody holds: newer models have better questions. */
    @Transactional
    void withdraw(Run run) {
        queue.withdrawUnheld(run.projectId(), Purpose.TRAIN);
    }

    /** Fills the queue while the run asks; returns how many questions were added. */
    @Transactional
    int fill(long runId) {
        Run run = runs.lock(runId).orElseThrow();
        boolean asks = (run.state() == RunState.LABELING || run.state() == RunState.TRAINING) && run.stopRule() == null;
        int room = (int) (wanted(run) - queue.open(run.projectId(), Purpose.TRAIN));
        if (!asks || room <= 0 || budget.spent(run.projectId())) {
            return 0;
        }
        List<RankedWindow> next = spread(windows.first(run.projectId(), run.id(), room), windows.load(run.projectId()), room);
        if (next.isEmpty()) {
            return 0;
        }
        Long anomaly = projects.classes(run.projectId()).stream().filter(c -> c.meaning() == Meaning.ANOMALY).map(LabelClass::id).findFirst().orElse(null);
        long asked = windows.asked(run.id());
        List<NewWindow> questions = new ArrayList<>();
        for (RankedWindow w : next) {
            boolean suggests = w.flagged() && anomaly != null;
            questions.add(new NewWindow(w.seriesId(), w.point(), w.from(), w.to(), Purpose.TRAIN, -asked - questions.size(), w.reason(),
                    suggests ? anomaly : null, suggests ? (float) w.confidence() : null, suggests ? source(w.version()) : null));
        }
        int added = queue.enqueueWindows(run.projectId(), run.id(), run.roundNumber(), questions);
        windows.taken(run.id(), run.roundNumber(), next);
        return added;
    }

    /** Who suggests; the deck says it in words. */
    static String source(int version) {
        return version == 0 ? "zero-shot" : "model v" + version;
    }

    /** Deals windows out: the next one goes to the series with the fewest answers for what it has to offer. */
    static List<RankedWindow> spread(List<RankedWindow> ranked, Map<Long, Integer> load, int room) {
        Map<Long, Deque<RankedWindow>> left = new HashMap<>();
        ranked.forEach(w -> left.computeIfAbsent(w.seriesId(), id -> new ArrayDeque<>()).add(w));
        Map<Long, Integer> dealt = new HashMap<>(load);
        List<RankedWindow> out = new ArrayList<>();
        while (out.size() < room && !left.isEmpty()) {
            long best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (Map.Entry<Long, Deque<RankedWindow>> entry : left.entrySet()) {
                double offer = entry.getValue().stream().mapToDouble(RankedWindow::confidence).max().orElse(0);
                double need = (1 + dealt.getOrDefault(entry.getKey(), 0)) / (LEAST_NEED + offer);
                if (need < least || need == least && entry.getKey() < best) {
                    least = need;
                    best = entry.getKey();
                }
            }
            out.add(left.get(best).poll());
            dealt.merge(best, 1, Integer::sum);
            if (left.get(best).isEmpty()) {
                left.remove(best);
            }
        }
        return out;
    }
}
