package org.laudable.engine.evaluation;

/**
 * Strict point-wise counts of a decision, and the events it found. An event is a maximal run of anomalous points; one
 * flagged point in it finds it. A false alarm is a maximal run of flagged points without a single anomalous one.
 */
public record PointDetection(int truePositives, int falsePositives, int falseNegatives, int events, int eventsFound, int falseAlarms) {

    /** Counts over the points that are marked; a run ends where the marked points do. */
    public static PointDetection of(boolean[] truth, boolean[] flagged, boolean[] counted) {
        int tp = 0;
        int fp = 0;
        int fn = 0;
        int events = 0;
        int found = 0;
        int alarms = 0;
        boolean inEvent = false;
        boolean eventFound = false;
        boolean inAlarm = false;
        boolean alarmTrue = false;
        for (int i = 0; i <= truth.length; i++) {
            boolean here = i < truth.length && counted[i];
            boolean t = here && truth[i];
            boolean f = here && flagged[i];
            tp += t && f ? 1 : 0;
            fp += !t && f ? 1 : 0;
            fn += t && !f ? 1 : 0;
            if (inEvent && !t) {
                found += eventFound ? 1 : 0;
                inEvent = false;
            }
            if (t && !inEvent) {
                events++;
                inEvent = true;
                eventFound = false;
            }
            eventFound |= t && f;
            if (inAlarm && !f) {
                alarms += alarmTrue ? 0 : 1;
                inAlarm = false;
            }
            if (f && !inAlarm) {
                inAlarm = true;
                alarmTrue = false;
            }
            alarmTrue |= t && f;
        }
        return new PointDetection(tp, fp, fn, events, found, alarms);
    }

    public double precision() {
        return truePositives == 0 ? 0 : (double) truePositives / (truePositives + falsePositives);
    }

    public double recall() {
        return truePositives == 0 ? 0 : (double) truePositives / (truePositives + falseNegatives);
    }

    public double f1() {
        return truePositives == 0 ? 0 : 2.0 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
    }

    /** Share of events found; 0 where there are none. */
    public double eventRecall() {
        return events == 0 ? 0 : (double) eventsFound / events;
    }
}
