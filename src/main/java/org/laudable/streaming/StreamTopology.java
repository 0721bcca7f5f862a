package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.laudable.series.SeriesStore;

/** Points in; anomalies, what pages show, and what could not be scored out. */
@ApplicationScoped
class StreamTopology {
    private final ApprovedNow approved;
    private final PastPoints past;
    private final SeriesStore store;
    private final StreamRecords records;
    private final Clock clock;
    private final LiveMetrics metrics;

    StreamTopology(ApprovedNow approved, PastPoints past, SeriesStore store, StreamRecords records, Clock clock, LiveMetrics metrics) {
        this.approved = approved;
        this.past = past;
        this.store = store;
        this.records = records;
        this.clock = clock;
        this.metrics = metrics;
    }

    Topology of(StreamTopics topics) {
        Topology topology = new Topology();
        topology.addSource("points", Serdes.ByteArray().deserializer(), Serdes.ByteArray().deserializer(), topics.points());
        topology.addProcessor("scoring", scoring(), "points");
        topology.addSink(StreamScoring.ANOMALIES, topics.anomalies(), Serdes.ByteArray().serializer(), Serdes.ByteArray().serializer(), "scoring");
        topology.addSink(StreamScoring.SUMMARIES, topics.summaries(), Serdes.ByteArray().serializer(), Serdes.ByteArray().serializer(), "scoring");
        topology.addSink(StreamScoring.REFUSED, topics.refused(), Serdes.ByteArray().serializer(), Serdes.ByteArray().serializer(), "scoring");
        return topology;
    }

    private ProcessorSupplier<byte[], byte[], byte[], byte[]> scoring() {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new StreamScoring(approved, StreamTopology.this::past, records, clock, metrics);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(kept(StreamScoring.PICTURES), kept(StreamScoring.RING));
            }
        };
    }

    private static StoreBuilder<?> kept(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Long(), Serdes.ByteArray());
    }

    private List<LivePoint> past(Detector detector, List<LivePoint> live) {
        return past.newest(live, store.find(detector.seriesId()).orElseThrow(), detector);
    }
}
