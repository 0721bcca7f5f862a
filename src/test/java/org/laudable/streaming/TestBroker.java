package org.laudable.streaming;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** A real broker in this JVM, with one node. */
final class TestBroker implements Broker {
    private final KafkaClusterTestKit cluster;

    private TestBroker(KafkaClusterTestKit cluster) {
        this.cluster = cluster;
    }

    static TestBroker start() throws Exception {
        KafkaClusterTestKit cluster = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder().setCombined(true).setNumControllerNodes(1).setNumBrokerNodes(1).build())
                .setConfigProp("offsets.topic.replication.factor", "1").setConfigProp("transaction.state.log.replication.factor", "1")
                .setConfigProp("transaction.state.log.min.isr", "1").setConfigProp("group.initial.rebalance.delay.ms", "0")
                .setConfigProp("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")
                .setConfigProp("offsets.topic.num.partitions", "1").setConfigProp("transaction.state.log.num.partitions", "1").build();
        cluster.format();
        cluster.startup();
        cluster.waitForReadyBrokers();
        return new TestBroker(cluster);
    }

    @Override
    public String servers() {
        return cluster.bootstrapServers();
    }

    void send(String topic, long seriesId, long[] moments, double[] values) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", servers()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < moments.length; i++) {
                producer.send(new ProducerRecord<>(topic, Long.toString(seriesId).getBytes(StandardCharsets.UTF_8), new LivePoint(moments[i], new double[] {values[i]}).packed()));
            }
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
