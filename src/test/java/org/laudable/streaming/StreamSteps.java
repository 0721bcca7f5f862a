package org.laudable.streaming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Points of a series through the topology, without a broker; the scores are read from what is told to pages. */
final class StreamSteps {
    private static final StreamTopics TOPICS = StreamTopics.of("test");

    private final StreamTopology topology;
    private final StreamRecords records;
    private final long seriesId;

    StreamSteps(StreamTopology topology, StreamRecords records, long seriesId) {
        this.topology = topology;
        this.records = records;
        this.seriesId = seriesId;
    }

    /** What came out. */
    record Out(Map<Long, Double> probabilities, List<Found> anomalies, List<String> refusals, LiveSummary last) {}

    /**
     * @param moments in milliseconds, in the order of the topic; every other point is sent in the compact form
     */
    Out sent(long[] moments, double[] values) throws IOException {
        Path folder = Files.createTempDirectory("streams");
        Out out = new Out(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), null);
        LiveSummary last = null;
        try (TopologyTestDriver driver = new TopologyTestDriver(topology.of(TOPICS), properties(folder))) {
            TestInputTopic<byte[], byte[]> in = driver.createInputTopic(TOPICS.points(), new ByteArraySerializer(), new ByteArraySerializer());
            TestOutputTopic<byte[], byte[]> summaries = out(driver, TOPICS.summaries());
            TestOutputTopic<byte[], byte[]> anomalies = out(driver, TOPICS.anomalies());
            TestOutputTopic<byte[], byte[]> refused = out(driver, TOPICS.refused());
            for (int i = 0; i < moments.length; i++) {
                in.pipeInput(key(Long.toString(seriesId)), i % 2 == 0 ? json(moments[i], values[i]) : new LivePoint(moments[i], new double[] {values[i]}).packed());
                driver.advanceWallClockTime(Duration.ofSeconds(1));
                for (byte[] value : summaries.readValuesToList()) {
                    last = records.read(value, StreamRecords.Summary.class).now();
                    out.probabilities().put(last.lastMillis(), (double) last.recent()[last.recent().length - 1]);
                }
                anomalies.readValuesToList().forEach(value -> out.anomalies().add(records.read(value, Found.class)));
            }
            in.pipeInput(key("nobody"), json(moments[0], 1));
            in.pipeInput(key(Long.toString(seriesId)), "{\"at\": \"yesterday\", \"values\": [1]}".getBytes(StandardCharsets.UTF_8));
            in.pipeInput(key(Long.toString(seriesId + 1_000_000)), json(moments[0], 1));
            for (TestRecord<byte[], byte[]> one : refused.readRecordsToList()) {
                out.refusals().add(new String(one.headers().lastHeader(StreamScoring.REASON).value(), StandardCharsets.UTF_8));
            }
        }
        return new Out(out.probabilities(), out.anomalies(), out.refusals(), last);
    }

    private static TestOutputTopic<byte[], byte[]> out(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Properties properties(Path folder) {
        Properties p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        p.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return p;
    }

    private static byte[] key(String series) {
        return series.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] json(long millis, double value) {
        return "{\"at\": \"%s\", \"values\": [%s]}".formatted(Instant.ofEpochMilli(millis), value).getBytes(StandardCharsets.UTF_8);
    }
}
