package org.laudable.anomaly.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.laudable.anomaly.Anomaly;
import org.laudable.anomaly.AnomalyState;
import org.laudable.loop.ui.Figures;

/** How anomalies read: one sentence of what is odd, and by which signals. */
final class AnomalyWords {
    private static final int NAMED = 3;
    private static final double LOUD = .6;
    private static final double CALM = .3;

    private final Figures figures;

    AnomalyWords(Figures figures) {
        this.figures = figures;
    }

    Figures figures() {
        return figures;
    }

    String text(String key, Object... arguments) {
        return figures.text(key, arguments);
    }

    String state(AnomalyState state) {
        return text("anomaly.state." + state);
    }

    /** What is odd, in one sentence. */
    String sentence(Anomaly a) {
        if (a.voices().isEmpty() && a.verdict().isEmpty()) {
            return text("anomaly.sentence.eventOnly", length(a));
        }
        if (a.voices().isEmpty()) {
            return text(a.state() == AnomalyState.EXPECTED ? "anomaly.sentence.expectedOnly" : "anomaly.sentence.peopleOnly", length(a));
        }
        List<String> names = a.drives().stream().limit(NAMED).map(Anomaly.Drive::channel).toList();
        String who = names.isEmpty() ? a.series() : names.size() == 1 ? names.getFirst()
                : text("anomaly.sentence.and", names.subList(0, names.size() - 1).stream().collect(Collectors.joining(", ")), names.getLast());
        String body = text(names.size() > 1 ? "anomaly.sentence.many" : "anomaly.sentence.one", who, length(a), says(a));
        return body + (contradict(a) ? " " + text("anomaly.sentence.contradict") : "");
    }

    private String says(Anomaly a) {
        String loudest = loudest(a);
        return loudest.equals("potential") && a.opinion().isPresent() ? text("anomaly.voice.judged.says", a.opinion().get().model())
                : text("anomaly.voice." + loudest + ".says");
    }

    private static boolean contradict(Anomaly a) {
        Anomaly.Voices v = a.voices().orElseThrow();
        return Math.min(v.vae(), v.potential()) < CALM && Math.max(v.vae(), v.potential()) > LOUD;
    }

    /** Which signal speaks loudest: vae, potential, novelty or agent. */
    static String loudest(Anomaly a) {
        Anomaly.Voices v = a.voices().orElse(new Anomaly.Voices(0, 0, 0, 0));
        double top = Math.max(Math.max(v.vae(), v.potential()), v.novelty());
        if (top < CALM) {
            return "agent";
        }
        return top == v.vae() ? "vae" : top == v.potential() ? "potential" : "novelty";
    }

    String length(Anomaly a) {
        Duration length = Duration.between(a.fromAt(), a.toAt());
        int points = a.to() - a.from();
        return points == 1 || length.isZero() ? text("anomaly.onePoint") : figures.duration(length.plus(length.dividedBy(Math.max(1, points - 1))));
    }

    /** When people did something, by this machine's clock. */
    String when(Instant instant) {
        return figures.when(instant);
    }

    /** When something happened in a series, by the series' own clock. */
    String when(Instant instant, ZoneId zone) {
        return figures.when(instant, zone);
    }
}
