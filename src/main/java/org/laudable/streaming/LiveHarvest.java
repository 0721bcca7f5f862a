package org.laudable.streaming;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.laudable.Refused;
import org.laudable.labeling.Answer;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.Interval;
import org.laudable.labeling.LabelingService;
import org.laudable.labeling.NewWindow;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.SimilarTasks;
import org.laudable.labeling.TaskView;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.OnBehalf;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesPoints;
import org.laudable.series.SeriesStore;

/**
 * Brings people's word on live anomalies into the loop: the points around each are added to the end of its series, and the
 * word becomes the answer of whoever said it, through the paths every answer takes. The next run learns from them. May be
 * begun again wherever it broke off. For managers.
 */
@ApplicationScoped
public class LiveHarvest {
    /** A look at the page, paid like any answer. */
    private static final long LOOK_MILLIS = 5_000;

    private final AnomalyRepository anomalies;
    private final SeriesStore store;
    private final SeriesPoints points;
    private final SimilarTasks tasks;
    private final LabelingService labeling;
    private final ProjectDirectory projects;
    private final Telling telling;
    private final ProjectAccess access;
    private final AuditLog log;
    private final Clock clock;

    LiveHarvest(AnomalyRepository anomalies, SeriesStore store, SeriesPoints points, SimilarTasks tasks, LabelingService labeling, ProjectDirectory projects,
            Telling telling, ProjectAccess access, AuditLog log, Clock clock) {
        this.anomalies = anomalies;
        this.store = store;
        this.points = points;
        this.tasks = tasks;
        this.labeling = labeling;
        this.projects = projects;
        this.telling = telling;
        this.access = access;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Takes judged anomalies that are over into their series, and makes answers of what was said.
     *
     * @return how many became answers
     * @throws Refused if there is none, or a run is not over yet
     */
    public int takeIn(long projectId) {
        access.require(projectId, Role.MANAGER);
        List<AnomalyRepository.Judged> judged = anomalies.judged(projectId);
        if (judged.isEmpty()) {
            throw new Refused("No judged anomaly waits to be taken in.");
        }
        Map<Long, List<AnomalyRepository.Judged>> bySeries = new LinkedHashMap<>();
        judged.stream().filter(one -> one.from() == null).forEach(one -> bySeries.computeIfAbsent(one.seriesId(), id -> new ArrayList<>()).add(one));
        bySeries.forEach((series, all) -> QuarkusTransaction.joiningExisting().run(() -> grow(series, all)));
        int answered = 0;
        for (AnomalyRepository.Judged one : anomalies.judged(projectId)) {
            answered += one.from() != null && answer(projectId, one) ? 1 : 0;
        }
        log.record("live.takenIn", "project:" + projectId, projectId, Map.of("answers", answered));
        telling.changed(projectId);
        return answered;
    }

    /** Adds what the series does not hold yet, and notes where each anomaly lies then. */
    private void grow(long seriesId, List<AnomalyRepository.Judged> judged) {
        SeriesInfo info = store.find(seriesId).orElseThrow();
        List<SeriesPoints.Point> fresh = new ArrayList<>();
        long last = info.endsAt().toEpochMilli();
        for (AnomalyRepository.Judged one : judged) {
            for (LivePoint point : Found.unpacked(one.excerpt())) {
                if (point.millis() > last) {
                    last = point.millis();
                    fresh.add(new SeriesPoints.Point(Instant.ofEpochMilli(last), Arrays.stream(point.values()).mapToObj(v -> Double.isNaN(v) ? null : (Double) v).toList()));
                }
            }
        }
        if (!fresh.isEmpty()) {
            points.append(seriesId, fresh);
        }
        long[] times = store.times(seriesId);
        for (AnomalyRepository.Judged one : judged) {
            int from = at(times, one.anomaly().from());
            int to = Math.max(from + 1, at(times, one.anomaly().to().plusMillis(1)));
            anomalies.place(one.id(), from, to, Math.clamp(at(times, one.anomaly().peak()), from, to - 1));
        }
    }

    /** The first point not before a moment. */
    private static int at(long[] times, Instant moment) {
        int place = Arrays.binarySearch(times, moment.toEpochMilli());
        return place >= 0 ? place : -place - 1;
    }

    /** As the person who said it. False where they may not answer now, the budget is spent, or the window has an answer. */
    private boolean answer(long projectId, AnomalyRepository.Judged one) {
        UUID answerId = UUID.nameUUIDFromBytes(("live " + one.id()).getBytes(StandardCharsets.UTF_8));
        AtomicBoolean answered = new AtomicBoolean(anomalies.isAnswer(answerId));
        if (answered.get()) { // a process ended between the answer and its note
            anomalies.answered(one.id());
            return true;
        }
        OnBehalf.of(one.judge(), () -> {
            long classId = projects.classes(projectId).stream().filter(c -> c.meaning() == one.anomaly().meaning()).map(LabelClass::id).findFirst().orElseThrow();
            Optional<TaskView> task = tasks.ask(projectId, UUID.randomUUID(),
                    new NewWindow(one.seriesId(), one.peak(), one.from(), one.to(), Purpose.TRAIN, 1e9, "", null, null, null));
            task.ifPresent(view -> {
                labeling.answer(new Answer(answerId, view.id(), AnswerKind.LABEL, classId,
                        one.anomaly().comment(), LOOK_MILLIS, clock.instant(), null, new Interval(one.from(), one.to(), null)));
                anomalies.answered(one.id());
                answered.set(true);
            });
        });
        return answered.get();
    }
}
