package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.laudable.project.Role;
import org.laudable.project.ProjectAccess;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesRange;
import org.laudable.series.SeriesService;
import org.laudable.series.SeriesStore;

/** Scores and anomalies of a stretch, in the same buckets as its values. For every member of the project. */
@ApplicationScoped
public class LayerReader {
    /** No channel has this ordinal: only times and buckets are wanted. */
    private static final Set<Integer> NO_CHANNEL = Set.of(-1);

    private final SeriesService series;
    private final SeriesStore store;
    private final LayerStore layers;
    private final AnomalyReader anomalies;
    private final ProjectAccess access;

    LayerReader(SeriesService series, SeriesStore store, LayerStore layers, AnomalyReader anomalies, ProjectAccess access) {
        this.series = series;
        this.store = store;
        this.layers = layers;
        this.anomalies = anomalies;
        this.access = access;
    }

    /** @see SeriesService#range */
    public Layers of(long seriesId, int from, int to, int width) {
        SeriesInfo info = series.find(seriesId);
        access.require(info.projectId(), Role.ANNOTATOR);
        SeriesRange range = store.range(seriesId, from, to, width, NO_CHANNEL);
        List<Anomaly> inside = anomalies.ofSeries(info).stream().filter(a -> a.from() < range.to() && a.to() > range.from()).toList();
        return new Layers(range.from(), range.to(), range.stride(), range.times(), layer(seriesId, Layer.PROBABILITY, range),
                store.settings(info.projectId()).threshold(), layer(seriesId, Layer.ALARM, range), layer(seriesId, Layer.POTENTIAL, range),
                layer(seriesId, Layer.NOVELTY, range), inside);
    }

    private double[] layer(long seriesId, Layer layer, SeriesRange range) {
        return layers.maxima(seriesId, layer, range.from(), range.to(), range.stride());
    }
}
