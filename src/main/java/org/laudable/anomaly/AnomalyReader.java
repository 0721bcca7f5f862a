package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.engine.series.Standout;
import org.laudable.labeling.WindowVerdict;
import org.laudable.project.Meaning;
import org.laudable.series.Channel;
import org.laudable.series.SeriesEvent;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/**
 * Puts together what models flag, what people say and what events explain, as all three stand now: an undone answer or a
 * new event shows at once. For background work and services; checks no access.
 */
@ApplicationScoped
class AnomalyReader {
    private final SegmentRepository segments;
    private final Verdicts verdicts;
    /** Ids of windows that only a language model speaks of lie below this; those of people's answers above. */
    private static final long JUDGED = -(1L << 50);

    private final SeriesStore store;
    private final JudgementRepository judgements;

    AnomalyReader(SegmentRepository segments, Verdicts verdicts, SeriesStore store, JudgementRepository judgements) {
        this.judgements = judgements;
        this.segments = segments;
        this.verdicts = verdicts;
        this.store = store;
    }

    List<Anomaly> ofProject(long projectId) {
        Map<Long, List<WindowVerdict>> said = verdicts.bySeries(projectId);
        Map<Long, List<SegmentRepository.Row>> flagged = segments.ofProject(projectId).stream()
                .collect(Collectors.groupingBy(SegmentRepository.Row::seriesId));
        Map<Long, List<JudgedWindow>> judged = judgements.saidInProject(projectId).stream().collect(Collectors.groupingBy(JudgedWindow::seriesId));
        return store.ofProject(projectId).stream().flatMap(info -> of(info, flagged.getOrDefault(info.id(), List.of()),
                said.getOrDefault(info.id(), List.of()), store.events(projectId, info.id()), judged.getOrDefault(info.id(), List.of())).stream()).toList();
    }

    List<Anomaly> ofSeries(SeriesInfo info) {
        return of(info, segments.ofSeries(info.id()), verdicts.bySeries(info.projectId()).getOrDefault(info.id(), List.of()),
                store.events(info.projectId(), info.id()),
                judgements.saidInProject(info.projectId()).stream().filter(w -> w.seriesId() == info.id()).toList());
    }

    /** For going through the series of a project one by one; what was said of all of them is read here, once. */
    Function<SeriesInfo, List<Anomaly>> oneByOne(long projectId, Map<Long, List<WindowVerdict>> said) {
        Map<Long, List<JudgedWindow>> judged = judgements.saidInProject(projectId).stream().collect(Collectors.groupingBy(JudgedWindow::seriesId));
        return info -> of(info, segments.ofSeries(info.id()), said.getOrDefault(info.id(), List.of()), store.events(projectId, info.id()),
                judged.getOrDefault(info.id(), List.of()));
    }

    private List<Anomaly> of(SeriesInfo info, List<SegmentRepository.Row> rows, List<WindowVerdict> all, List<SeriesEvent> events,
            List<JudgedWindow> judged) {
        List<WindowVerdict> standing = standing(all);
        List<Occurrence> occurrences = occurrences(info, events);
        Map<Long, WindowVerdict> byItem = standing.stream().collect(Collectors.toMap(WindowVerdict::itemId, Function.identity()));
        Set<Long> used = new HashSet<>();
        List<Anomaly> found = new ArrayList<>();
        for (WindowVerdict v : standing) {
            if (v.meaning() == Meaning.ANOMALY || v.meaning() == Meaning.EXPECTED) {
                List<SegmentRepository.Row> same = rows.stream().filter(r -> speaksOf(v, r)).toList();
                Optional<SegmentRepository.Row> first = same.stream().filter(r -> !used.contains(r.id())).findFirst();
                same.forEach(r -> used.add(r.id()));
                found.add(said(info, v, first, judged));
            }
        }
        for (SegmentRepository.Row row : rows) {
            if (!used.contains(row.id())) {
                found.add(flagged(info, row, standing, occurrences, byItem, judged));
            }
        }
        for (JudgedWindow window : judged) {
            boolean there = found.stream().anyMatch(a -> a.from() < window.at().to() && window.at().from() < a.to());
            explains(info, window, occurrences).filter(cause -> !there).ifPresent(cause -> found.add(explained(info, window, cause)));
        }
        return found;
    }

    /** A later answer of another kind that covers the middle of an earlier one overrules it. */
    static List<WindowVerdict> standing(List<WindowVerdict> all) {
        List<WindowVerdict> standing = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            WindowVerdict v = all.get(i);
            int middle = (v.from() + v.to()) / 2;
            boolean overruled = all.subList(i + 1, all.size()).stream()
                    .anyMatch(later -> later.meaning() != null && later.from() <= middle && middle < later.to());
            if (v.meaning() != null && !overruled) {
                standing.add(v);
            }
        }
        return standing;
    }

    /** Whether a verdict is about a flagged stretch: it covers its peak or half of it, or its question lay there. */
    private static boolean speaksOf(WindowVerdict v, SegmentRepository.Row row) {
        Flagged f = row.flagged();
        int common = Math.min(v.to(), f.to()) - Math.max(v.from(), f.from());
        return common > 0 && (v.from() <= f.peak() && f.peak() < v.to() || 2 * common >= f.to() - f.from()
                || v.point() >= f.from() && v.point() < f.to());
    }

    /** One time an event happens. */
    record Occurrence(Instant from, Instant to, String reason) {}

    private static List<Occurrence> occurrences(SeriesInfo info, List<SeriesEvent> events) {
        return events.stream().flatMap(event -> event.occurrences(info.startsAt(), info.endsAt(), info.zone()).stream()
                .map(one -> new Occurrence(one.from(), one.to(), event.explains()))).toList();
    }

    /** The event that covers what stands out in a judged window, if there is one now. */
    private Optional<String> explains(SeriesInfo info, JudgedWindow window, List<Occurrence> occurrences) {
        if (window.causes().isEmpty()) {
            return Optional.empty();
        }
        Instant at = moment(info, window.at().point());
        return occurrences.stream().filter(o -> !o.from().isAfter(at) && !o.to().isBefore(at)).map(Occurrence::reason).findFirst();
    }

    /** What stands out, is not flagged because an event explains it, and was judged: shown, so that people see why. */
    private Anomaly explained(SeriesInfo info, JudgedWindow window, String cause) {
        Standout at = window.at();
        Instant from = moment(info, at.from());
        return new Anomaly(JUDGED - window.id(), info.id(), info.name(), at.from(), at.to(), at.point(), from, moment(info, at.to() - 1),
                info.zone(), AnomalyState.EXPECTED, window.severity(), 0, Optional.empty(), List.of(), Optional.empty(), Optional.of(cause), Optional.empty(),
                Optional.of(window.opinion()), rank(info, AnomalyState.EXPECTED, window.severity(), 0, from));
    }

    /** What was said of the window that ends nearest to a peak and touches the stretch. */
    private static Optional<Opinion> opinion(List<JudgedWindow> judged, int from, int to, int peak) {
        return judged.stream().filter(w -> w.at().from() < to && from < w.at().to())
                .min(java.util.Comparator.comparingInt(w -> Math.abs(w.at().point() - peak))).map(JudgedWindow::opinion);
    }

    private Anomaly said(SeriesInfo info, WindowVerdict v, Optional<SegmentRepository.Row> row, List<JudgedWindow> judged) {
        AnomalyState state = v.meaning() == Meaning.ANOMALY ? AnomalyState.CONFIRMED : AnomalyState.EXPECTED;
        int from = Math.clamp(v.from(), 0, info.points() - 1);
        int to = Math.clamp(v.to(), from + 1, info.points());
        Instant fromAt = row.filter(r -> r.flagged().from() == from).map(SegmentRepository.Row::fromAt).orElseGet(() -> moment(info, from));
        Instant toAt = row.filter(r -> r.flagged().to() == to).map(SegmentRepository.Row::toAt).orElseGet(() -> moment(info, to - 1));
        double severity = row.map(r -> r.flagged().severity()).orElse(0.0);
        double confidence = row.map(r -> r.flagged().confidence()).orElse(0.0);
        Optional<String> why = state == AnomalyState.EXPECTED ? Optional.ofNullable(v.comment()).filter(c -> !c.isBlank()) : Optional.empty();
        return new Anomaly(row.map(SegmentRepository.Row::id).orElse(-v.itemId()), info.id(), info.name(), from, to,
                Math.clamp(v.point(), from, to - 1), fromAt, toAt, info.zone(), state, severity, confidence, row.map(r -> voices(r.flagged())),
                row.map(r -> drives(info, r.flagged())).orElse(List.of()),
                Optional.of(new Anomaly.Said(v.itemId(), v.origin(), v.at(), v.comment())), why, Optional.empty(),
                opinion(judged, from, to, Math.clamp(v.point(), from, to - 1)), rank(info, state, severity, confidence, fromAt));
    }

    private Instant moment(SeriesInfo info, int point) {
        return Instant.ofEpochMilli(store.times(info.id(), point, point + 1)[0]);
    }

    private Anomaly flagged(SeriesInfo info, SegmentRepository.Row row, List<WindowVerdict> standing, List<Occurrence> occurrences,
            Map<Long, WindowVerdict> byItem, List<JudgedWindow> judged) {
        Flagged f = row.flagged();
        Optional<WindowVerdict> normal = standing.stream().filter(v -> v.meaning() == Meaning.NORMAL && speaksOf(v, row)).findFirst();
        Instant middle = row.fromAt().plus(Duration.between(row.fromAt(), row.toAt()).dividedBy(2));
        Optional<String> explained = occurrences.stream().filter(o -> !o.from().isAfter(middle) && !o.to().isBefore(middle))
                .map(Occurrence::reason).findFirst();
        Optional<Long> like = Optional.ofNullable(f.likeItem())
                .filter(item -> byItem.containsKey(item) && byItem.get(item).meaning() == Meaning.ANOMALY);
        AnomalyState state = normal.isPresent() ? AnomalyState.REFUSED : explained.isPresent() ? AnomalyState.EXPECTED
                : like.isPresent() ? AnomalyState.PROPAGATED : AnomalyState.SUGGESTED;
        return new Anomaly(row.id(), info.id(), info.name(), f.from(), f.to(), f.peak(), row.fromAt(), row.toAt(), info.zone(), state, f.severity(),
                f.confidence(), Optional.of(voices(f)), drives(info, f),
                normal.map(v -> new Anomaly.Said(v.itemId(), v.origin(), v.at(), v.comment())), explained, like,
                opinion(judged, f.from(), f.to(), f.peak()), rank(info, state, f.severity(), f.confidence(), row.fromAt()));
    }

    private static Anomaly.Voices voices(Flagged f) {
        return new Anomaly.Voices(f.vae(), f.potential(), f.novelty(), f.agent());
    }

    private static List<Anomaly.Drive> drives(SeriesInfo info, Flagged f) {
        Map<Integer, String> names = info.channels().stream().collect(Collectors.toMap(Channel::ordinal, Channel::name));
        List<Anomaly.Drive> drives = new ArrayList<>();
        for (int i = 0; i < f.channels().length; i++) {
            drives.add(new Anomaly.Drive(f.channels()[i], names.getOrDefault(f.channels()[i], "?"), f.shares()[i]));
        }
        return drives;
    }

    /** Severity × doubt × recency; what people have decided comes after what they have not. */
    static double rank(SeriesInfo info, AnomalyState state, double severity, double confidence, Instant at) {
        double doubt = 1 - .6 * Math.abs(2 * confidence - 1);
        double span = Math.max(1, Duration.between(info.startsAt(), info.endsAt()).toSeconds());
        double recency = .5 + .5 * Math.clamp(Duration.between(info.startsAt(), at).toSeconds() / span, 0, 1);
        double open = switch (state) {
            case SUGGESTED, PROPAGATED -> 1;
            case CONFIRMED -> .1;
            case REFUSED, EXPECTED -> .01;
        };
        return open * Math.max(.05, severity) * doubt * recency;
    }
}
