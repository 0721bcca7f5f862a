package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/**
 * Brings what a stream said into the tables. Records come at least once; a series and a moment are one anomaly, and a summary
 * has the counts themselves, so that told twice is told once.
 */
@ApplicationScoped
class StreamIntake {
    private final Telling telling;
    private final StateRepository states;
    private final SeriesStore store;

    StreamIntake(Telling telling, StateRepository states, SeriesStore store) {
        this.telling = telling;
        this.states = states;
        this.store = store;
    }

    /** All that lies between two offsets, in one transaction. */
    @Transactional
    void take(List<Found> found, List<StreamRecords.Summary> summaries) {
        Map<Long, StreamRecords.Summary> newest = new LinkedHashMap<>();
        summaries.forEach(one -> newest.put(one.seriesId(), one));
        Set<Long> named = new HashSet<>(newest.keySet());
        found.forEach(one -> named.add(one.seriesId()));
        Map<Long, SeriesInfo> there = store.find(named); // others were deleted meanwhile
        Map<Long, List<Found>> byProject = new LinkedHashMap<>();
        found.stream().filter(one -> there.containsKey(one.seriesId())).forEach(one -> byProject.computeIfAbsent(one.projectId(), id -> new ArrayList<>()).add(one));
        byProject.values().forEach(telling::found);
        List<SeriesInfo> changed = newest.keySet().stream().filter(there::containsKey).sorted().map(there::get).toList();
        states.summaries(changed.stream().map(one -> newest.get(one.id())).toList());
        telling.drift(changed);
        changed.stream().map(SeriesInfo::projectId).distinct().forEach(telling::changed);
    }
}
