package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.engine.series.Segment;
import org.laudable.jobs.JobPriority;
import org.laudable.labeling.Answer;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.Interval;
import org.laudable.labeling.LabelingService;
import org.laudable.labeling.NewWindow;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.SimilarTasks;
import org.laudable.labeling.SimilarWindow;
import org.laudable.labeling.TaskView;
import org.laudable.labeling.WindowVerdict;
import org.laudable.loop.Run;
import org.laudable.loop.RunWatch;
import org.laudable.loop.Runs;
import org.laudable.project.LabelClass;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.Role;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;
import org.laudable.series.SeriesSettings;
import org.laudable.series.SeriesStore;

/** What was found in a project's series, for reviewers and managers: look, decide, choose what a miss costs. */
@ApplicationScoped
public class AnomalyService {
    private static final int SIMILAR = 6;
    private static final int ENOUGH_FLAGGED = 8;
    /** A decision on the page is a look of some seconds; it is paid like any answer. */
    private static final long LOOK_MILLIS = 5_000;

    private final AnomalyReader reader;
    private final HistoryRepository history;
    private final LayerStore layers;
    private final ModelRepository models;
    private final WindowRepository windows;
    private final SimilarOverSeries similar;
    private final Verdicts verdicts;
    private final Runs runs;
    private final RunWatch watch;
    private final SeriesStore store;
    private final SeriesService series;
    private final SimilarTasks tasks;
    private final LabelingService labeling;
    private final ProjectDirectory projects;
    private final ProjectAccess access;
    private final Clock clock;

    AnomalyService(AnomalyReader reader, HistoryRepository history, LayerStore layers, ModelRepository models, WindowRepository windows,
            SimilarOverSeries similar, Verdicts verdicts, Runs runs, RunWatch watch, SeriesStore store, SeriesService series, SimilarTasks tasks,
            LabelingService labeling, ProjectDirectory projects, ProjectAccess access, Clock clock) {
        this.clock = clock;
        this.reader = reader;
        this.history = history;
        this.layers = layers;
        this.models = models;
        this.windows = windows;
        this.similar = similar;
        this.verdicts = verdicts;
        this.runs = runs;
        this.watch = watch;
        this.store = store;
        this.series = series;
        this.tasks = tasks;
        this.labeling = labeling;
        this.projects = projects;
        this.access = access;
    }

    /** For reviewers and managers. */
    public AnomalyBoard board(long projectId) {
        access.require(projectId, Role.REVIEWER);
        List<Anomaly> found = reader.ofProject(projectId).stream().sorted(Comparator.comparingDouble(Anomaly::rank).reversed()).toList();
        Map<AnomalyState, Long> counts = new EnumMap<>(AnomalyState.class);
        found.forEach(a -> counts.merge(a.state(), 1L, Long::sum));
        Map<Long, List<Anomaly>> bySeries = found.stream().collect(Collectors.groupingBy(Anomaly::seriesId));
        List<SeriesInfo> all = store.ofProject(projectId);
        List<AnomalyBoard.SeriesLine> lines = all.stream().map(info -> line(info, bySeries.getOrDefault(info.id(), List.of())))
                .sorted(Comparator.comparingDouble(AnomalyBoard.SeriesLine::need).reversed().thenComparing(AnomalyBoard.SeriesLine::name)).toList();
        Optional<Run> run = runs.current(projectId);
        DetectionView.Quality quality = DetectionReport.quality(run.map(r -> windows.measured(r.id())).orElse(List.of()));
        boolean learned = models.ofProject(projectId).stream().anyMatch(m -> m.trainings() > 0);
        return new AnomalyBoard(found, lines, counts, run.map(Run::state).orElse(null), learned, store.settings(projectId).missCost(), quality,
                alarmsADay(found, all, quality));
    }

    private static AnomalyBoard.SeriesLine line(SeriesInfo info, List<Anomaly> found) {
        List<Anomaly> open = found.stream().filter(AnomalyService::open).toList();
        return new AnomalyBoard.SeriesLine(info.id(), info.name(), info.points(), info.startsAt(), info.endsAt(), info.zone(), open.size(),
                (int) found.stream().filter(a -> a.state() == AnomalyState.CONFIRMED).count(), open.stream().mapToDouble(Anomaly::rank).sum());
    }

    private static boolean open(Anomaly anomaly) {
        return anomaly.state() == AnomalyState.SUGGESTED || anomaly.state() == AnomalyState.PROPAGATED;
    }

    /** By the share that people refuse of what was flagged and drawn at random; before enough is measured, by the models' own doubt. */
    private static double alarmsADay(List<Anomaly> found, List<SeriesInfo> all, DetectionView.Quality quality) {
        Optional<Instant> first = all.stream().map(SeriesInfo::startsAt).min(Comparator.naturalOrder());
        Optional<Instant> last = all.stream().map(SeriesInfo::endsAt).max(Comparator.naturalOrder());
        if (first.isEmpty()) {
            return 0;
        }
        double days = Math.max(1.0 / 24, Duration.between(first.get(), last.get()).toSeconds() / 86_400.0);
        long refused = found.stream().filter(a -> a.state() == AnomalyState.REFUSED).count();
        double doubted = found.stream().filter(AnomalyService::open)
                .mapToDouble(a -> quality.flagged() >= ENOUGH_FLAGGED ? 1 - quality.precision().value() : 1 - a.confidence()).sum();
        return (refused + doubted) / days;
    }

    /** One anomaly with what was said of it; empty if it is there no more. For reviewers and managers. */
    public Optional<AnomalyDetail> detail(long projectId, long anomalyId) {
        access.require(projectId, Role.REVIEWER);
        return find(projectId, anomalyId).map(a -> new AnomalyDetail(a,
                history.of(a.seriesId(), a.from(), a.to()).stream().map(v -> new AnomalyDetail.Verdict(v.at(), v.until(), v.origin(), v.people(),
                        v.meaning(), v.comment())).toList()));
    }

    private Optional<Anomaly> find(long projectId, long anomalyId) {
        return reader.ofProject(projectId).stream().filter(a -> a.id() == anomalyId).findFirst();
    }

    /** Windows that look like an anomaly, nearest first; takes seconds when its series is not in memory. For reviewers and managers. */
    public List<AnomalyDetail.Similar> similar(long projectId, long anomalyId) {
        access.require(projectId, Role.REVIEWER);
        return find(projectId, anomalyId).map(anomaly -> similar(projectId, anomaly)).orElse(List.of());
    }

    private List<AnomalyDetail.Similar> similar(long projectId, Anomaly anomaly) {
        Map<Long, List<WindowVerdict>> said = verdicts.bySeries(projectId);
        Map<Long, SeriesInfo> byId = store.ofProject(projectId).stream().collect(Collectors.toMap(SeriesInfo::id, Function.identity()));
        return similar.similarTo(projectId, anomaly.seriesId(), anomaly.peak(), 2 * SIMILAR).stream().filter(w -> byId.containsKey(w.seriesId()))
                .filter(w -> w.seriesId() != anomaly.seriesId() || w.to() <= anomaly.from() || w.from() >= anomaly.to())
                .limit(SIMILAR).map(w -> like(w, byId.get(w.seriesId()), said.getOrDefault(w.seriesId(), List.of()))).toList();
    }

    private AnomalyDetail.Similar like(SimilarWindow w, SeriesInfo info, List<WindowVerdict> said) {
        Optional<Meaning> meaning = AnomalyReader.standing(said).stream().filter(v -> v.from() < w.to() && w.from() < v.to())
                .map(WindowVerdict::meaning).findFirst();
        return new AnomalyDetail.Similar(info.id(), info.name(), w.from(), w.to(),
                Instant.ofEpochMilli(store.times(info.id(), w.from(), w.from() + 1)[0]), info.zone(), w.distance(), meaning);
    }

    /**
     * Says what an anomaly is: an answer like any other, with the same undo, in the same history.
     *
     * @param comment why it is expected, or null
     * @throws Refused if the project is closed or the budget is spent
     */
    public Decision decide(long projectId, long anomalyId, Meaning meaning, String comment) {
        access.require(projectId, Role.REVIEWER);
        Anomaly anomaly = find(projectId, anomalyId).orElseThrow(() -> new Refused("This anomaly is not there any more. A newer model may see it otherwise."));
        UUID deck = UUID.randomUUID();
        TaskView task = hand(projectId, deck, anomaly).orElseThrow(() -> new Refused("Somebody is answering this one right now, or the budget is spent."));
        long classId = projects.classes(projectId).stream().filter(c -> c.meaning() == meaning).map(LabelClass::id).findFirst().orElseThrow();
        labeling.answer(new Answer(UUID.randomUUID(), task.id(), AnswerKind.LABEL, classId, comment, LOOK_MILLIS, clock.instant(), null,
                new Interval(anomaly.from(), anomaly.to(), null)));
        return new Decision(projectId, task.id(), deck);
    }

    /** A question about the anomaly: the one that waits in the queue, else a new one at the first free point from its peak on. */
    private Optional<TaskView> hand(long projectId, UUID deck, Anomaly a) {
        Set<Integer> taken = new HashSet<>(history.taken(a.seriesId(), a.from(), a.to()));
        Optional<Integer> waiting = history.waiting(a.seriesId(), a.from(), a.to());
        for (int i = waiting.isPresent() ? -1 : 0; i < a.to() - a.from(); i++) {
            int point = i < 0 ? waiting.get() : a.from() + (a.peak() - a.from() + i) % (a.to() - a.from());
            if (!taken.contains(point)) {
                Optional<TaskView> task = tasks.ask(projectId, deck, new NewWindow(a.seriesId(), point, a.from(), a.to(), Purpose.TRAIN, 1e9, "", null, null, null));
                if (task.isPresent()) {
                    return task;
                }
            }
        }
        return Optional.empty();
    }

    /** Takes a decision back. */
    public void undo(Decision decision) {
        labeling.undo(UUID.randomUUID(), decision.taskId(), decision.deck());
        labeling.giveBack(List.of(decision.taskId()));
    }

    /** What another cost of a miss would change, before it is saved. For reviewers and managers. */
    public CostPreview preview(long projectId, double missCost) {
        access.require(projectId, Role.REVIEWER);
        double before = SeriesWork.threshold(store.settings(projectId).missCost());
        double after = SeriesWork.threshold(missCost);
        Map<Long, List<WindowVerdict>> said = verdicts.bySeries(projectId);
        int now = 0;
        int then = 0;
        int more = 0;
        int fewer = 0;
        double moreFalse = 0;
        double fewerTrue = 0;
        for (SeriesInfo info : store.ofProject(projectId)) {
            double[] p = layers.all(info.id(), Layer.PROBABILITY, info.points());
            List<WindowVerdict> answered = said.getOrDefault(info.id(), List.of());
            List<Segment> old = unanswered(Segment.above(p, before, Flagged.GAP), answered);
            List<Segment> fresh = unanswered(Segment.above(p, after, Flagged.GAP), answered);
            now += old.size();
            then += fresh.size();
            for (Segment s : fresh) {
                if (s.score() <= before) {
                    more++;
                    moreFalse += 1 - s.score();
                }
            }
            for (Segment s : old) {
                if (s.score() <= after) {
                    fewer++;
                    fewerTrue += s.score();
                }
            }
        }
        return new CostPreview(missCost, now, then, more, moreFalse, fewer, fewerTrue);
    }

    private static List<Segment> unanswered(List<Segment> segments, List<WindowVerdict> said) {
        return segments.stream().filter(s -> said.stream().noneMatch(v -> v.meaning() != null && v.from() < s.to() && s.from() < v.to())).toList();
    }

    /** Sets what a missed anomaly costs; the flagged stretches are cut anew at once. For managers. */
    public void missCost(long projectId, double missCost) {
        access.require(projectId, Role.MANAGER);
        SeriesSettings s = series.settings(projectId);
        SeriesSettings after = new SeriesSettings(s.preset(), s.acquisition(), missCost, s.template(), s.normal());
        series.saveSettings(projectId, after);
        runs.current(projectId).ifPresent(run -> watch.submit(FitJob.KIND, run, JobPriority.INTERACTIVE));
    }
}
