package org.laudable.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.laudable.engine.series.Answer;
import org.laudable.engine.series.Answers;
import org.laudable.labeling.WindowVerdict;
import org.laudable.project.Meaning;

/**
 * People's verdicts on one series as the engine takes them. An anomaly is what they marked; 'normal' is said of what they
 * looked at, a window on either side, as far as nobody marked an anomaly there. 'Cannot tell' teaches nothing and is not
 * asked again.
 *
 * @param sources for each answer the verdict it came from
 * @param untold  points that nobody could tell
 */
record SeriesAnswers(Answers answers, List<WindowVerdict> sources, List<Integer> untold) {
    static final int WINDOW = 25;

    /**
     * @param verdicts of this series, oldest first
     * @param history  points before the first judged one
     */
    static SeriesAnswers of(List<WindowVerdict> verdicts, int history, int points) {
        Answers answers = new Answers(points - history);
        List<WindowVerdict> sources = new ArrayList<>();
        List<Integer> untold = new ArrayList<>();
        for (WindowVerdict verdict : verdicts) {
            if (verdict.point() < history || verdict.point() >= points) {
                continue;
            }
            if (verdict.meaning() == null) {
                untold.add(verdict.point() - history);
                continue;
            }
            boolean anomalous = verdict.meaning() == Meaning.ANOMALY;
            int from = anomalous ? verdict.from() : reach(verdicts, Math.min(verdict.from(), verdict.point()), verdict.point() - WINDOW);
            int to = anomalous ? verdict.to() : reach(verdicts, Math.max(verdict.to(), verdict.point() + 1), verdict.point() + WINDOW + 1);
            from = Math.max(history, from) - history;
            to = Math.min(points, to) - history;
            if (to > from) {
                answers.add(new Answer(Math.clamp(verdict.point() - history, from, to - 1), from, to, anomalous));
                sources.add(verdict);
            }
        }
        return new SeriesAnswers(answers, sources, untold);
    }

    /** Moves an edge outwards, up to where somebody marked an anomaly. */
    private static int reach(List<WindowVerdict> verdicts, int edge, int wanted) {
        int reached = wanted;
        for (WindowVerdict other : verdicts) {
            if (other.meaning() == Meaning.ANOMALY) {
                if (wanted < edge && other.to() <= edge) {
                    reached = Math.max(reached, other.to());
                } else if (wanted > edge && other.from() >= edge) {
                    reached = Math.min(reached, other.from());
                }
            }
        }
        return wanted < edge ? Math.min(edge, reached) : Math.max(edge, reached);
    }

    /** Changes whenever a model would learn something else. */
    static long key(List<WindowVerdict> verdicts, ExplainedStretches explained) {
        long key = verdicts.isEmpty() && explained.stretches().isEmpty() ? 0 : 17;
        for (WindowVerdict v : verdicts) {
            key = key * 1_000_003 + Objects.hash(v.point(), v.from(), v.to(), v.meaning() == null ? "" : v.meaning().name());
        }
        for (ExplainedStretches.Stretch s : explained.stretches()) {
            key = key * 1_000_003 + Objects.hash(s.from(), s.to());
        }
        return key;
    }
}
