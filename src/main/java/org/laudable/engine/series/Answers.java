package org.laudable.engine.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All answers about one series so far, and what they say about each point. A later answer overrules an earlier one. */
public final class Answers {

    private static final byte UNKNOWN = -1;

    private final List<Answer> answers = new ArrayList<>();
    private final byte[] label;
    private final int[] source;

    /** No answers yet about n judged points. */
    public Answers(int points) {
        label = new byte[points];
        source = new int[points];
        Arrays.fill(label, UNKNOWN);
        Arrays.fill(source, -1);
    }

    public void add(Answer answer) {
        if (answer.to() > label.length) {
            throw new IllegalArgumentException("An answer ends at %d, the series at %d".formatted(answer.to(), label.length));
        }
        for (int t = answer.from(); t < answer.to(); t++) {
            label[t] = (byte) (answer.anomalous() ? 1 : 0);
            source[t] = answers.size();
        }
        answers.add(answer);
    }

    public List<Answer> list() {
        return List.copyOf(answers);
    }

    public int size() {
        return answers.size();
    }

    /** Number of judged points. */
    public int points() {
        return label.length;
    }

    public boolean known(int point) {
        return label[point] != UNKNOWN;
    }

    /** Whether a point is known to be anomalous. */
    public boolean anomalous(int point) {
        return label[point] == 1;
    }

    /** The number of the answer that speaks for a point, -1 for none. */
    public int source(int point) {
        return source[point];
    }

    /** How many answers found an anomaly. */
    public int positives() {
        int n = 0;
        for (Answer answer : answers) {
            n += answer.anomalous() ? 1 : 0;
        }
        return n;
    }

    /** The points that an answer speaks for, those overruled left out. */
    public int[] covered(int answer) {
        int n = 0;
        Answer a = answers.get(answer);
        int[] points = new int[a.length()];
        for (int t = a.from(); t < a.to(); t++) {
            if (source[t] == answer) {
                points[n++] = t;
            }
        }
        return Arrays.copyOf(points, n);
    }
}
