package org.laudable.streaming;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.PeriodicTask;
import org.laudable.ProcessRole;

/**
 * Scores the topic of points while this process lives, if it is one that scores streams and knows a broker. Partitions are
 * spread over all such processes; each has a folder of its own for its stores, below the shared one.
 */
@ApplicationScoped
class StreamProcess {
    private static final Logger LOG = Logger.getLogger(StreamProcess.class);
    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** Milliseconds after which a process that says nothing counts as dead; a broker takes no less without being told to. */
    private static final String SILENT = "6000";
    private static final String HEARTBEAT = "1500";
    private static final String LARGEST = Integer.toString(8 << 20);

    private final LaudableConfig config;
    private final StreamTopology topology;
    private final ApprovedNow approved;
    private final StreamIntake intake;
    private final StreamRecords records;
    private final LiveMetrics metrics;
    private final PeriodicTask watch;
    private String servers;
    private volatile boolean ending;
    private volatile KafkaStreams streams;
    private Thread taking;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private FileLock folder;

    StreamProcess(LaudableConfig config, StreamTopology topology, ApprovedNow approved, StreamIntake intake, StreamRecords records, LiveMetrics metrics) {
        this.config = config;
        this.topology = topology;
        this.approved = approved;
        this.intake = intake;
        this.records = records;
        this.metrics = metrics;
        this.watch = new PeriodicTask("live-approvals", approved::refresh, "The approved models cannot be read now");
    }

    void onStart(@Observes StartupEvent event) {
        if (config.role().scoresStreams()) {
            config.kafka().servers().ifPresentOrElse(this::start, this::sayThatNothingComes);
        }
    }

    private void sayThatNothingComes() {
        if (config.role() == ProcessRole.STREAM) {
            LOG.warn("No Kafka broker is named, so this process scores nothing. Set LAUDABLE_KAFKA_SERVERS and start it again.");
        }
    }

    void start(String servers) {
        this.servers = servers;
        StreamTopics topics = StreamTopics.of(config.kafka().topics());
        metrics.follow("SCORING", List.of(topics.points()), () -> streams == null || ending ? Map.of() : streams.metrics());
        metrics.follow("INTAKE", List.of(topics.anomalies(), topics.summaries()), () -> consumer == null || ending ? Map.of() : consumer.metrics());
        approved.refresh();
        watch.start(LOOK_EVERY);
        taking = Thread.ofPlatform().name("live-intake").start(() -> takeUntilTheEnd(topics));
        Thread.ofVirtual().name("live-start").start(() -> begin(topics)); // a broker that is away does not keep the process from starting
    }

    private void begin(StreamTopics topics) {
        while (!ending) {
            try {
                make(topics);
                synchronized (this) {
                    if (!ending) {
                        streams = new KafkaStreams(topology.of(topics), properties());
                        streams.setUncaughtExceptionHandler(e -> {
                            LOG.error("A thread that scores streams failed; another takes its place", e);
                            LockSupport.parkNanos(AGAIN.toNanos());
                            return StreamThreadExceptionResponse.REPLACE_THREAD;
                        });
                        streams.start();
                    }
                }
                return;
            } catch (KafkaException | ExecutionException e) {
                LOG.warnf("The Kafka broker cannot be used yet, the next try is in some seconds: %s", e.getMessage());
                LockSupport.parkNanos(AGAIN.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void make(StreamTopics topics) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client())) {
            for (String topic : topics.all()) {
                try {
                    admin.createTopics(List.of(new NewTopic(topic, Optional.of(config.kafka().partitions()), Optional.empty())
                            .configs(Map.of("max.message.bytes", LARGEST)))).all().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    private Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(config.kafka().client());
        client.put("bootstrap.servers", servers);
        return client;
    }

    private Properties properties() {
        Properties p = new Properties();
        p.putAll(client());
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, config.kafka().topics() + "-scoring");
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.kafka().threads());
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0); // a point is written once, a picture seldom: there is nothing to gather
        p.put(StreamsConfig.STATE_DIR_CONFIG, folder().toString());
        p.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        p.put(StreamsConfig.consumerPrefix("session.timeout.ms"), SILENT);
        p.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), HEARTBEAT);
        p.put(StreamsConfig.consumerPrefix("max.poll.records"), "500");
        p.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), SILENT); // what a dead process had begun keeps its successor waiting
        p.put(StreamsConfig.producerPrefix("max.request.size"), LARGEST);
        p.put(StreamsConfig.topicPrefix("max.message.bytes"), LARGEST);
        return p;
    }

    /** The first that no other process on this folder has. */
    private Path folder() {
        try {
            for (int number = 0;; number++) {
                Path path = Files.createDirectories(config.data().resolve("streams").resolve(Integer.toString(number)));
                FileChannel channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    folder = lock;
                    return path;
                }
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("There is no folder for the streams' stores: " + e.getMessage(), e);
        }
    }

    private void takeUntilTheEnd(StreamTopics topics) {
        while (!ending) {
            Map<String, Object> client = client();
            client.put("group.id", config.kafka().topics() + "-intake");
            client.put("isolation.level", "read_committed");
            client.put("enable.auto.commit", false);
            client.put("auto.offset.reset", "earliest");
            client.put("session.timeout.ms", SILENT);
            client.put("heartbeat.interval.ms", HEARTBEAT);
            try (KafkaConsumer<byte[], byte[]> one = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = one;
                one.subscribe(List.of(topics.anomalies(), topics.summaries()));
                while (!ending) {
                    ConsumerRecords<byte[], byte[]> polled = one.poll(Duration.ofMillis(200));
                    if (!polled.isEmpty()) {
                        take(polled, topics);
                        one.commitSync();
                    }
                }
            } catch (WakeupException e) {
                LOG.debug("No more is taken from the stream", e);
            } catch (RuntimeException e) {
                LOG.warnf("What the stream found cannot be taken in now, the next try is in some seconds: %s", e.getMessage());
                LockSupport.parkNanos(AGAIN.toNanos()); // from the last commit on
            }
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> polled, StreamTopics topics) {
        List<Found> found = new ArrayList<>();
        List<StreamRecords.Summary> summaries = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            if (record.topic().equals(topics.anomalies())) {
                found.add(records.read(record.value(), Found.class));
            } else {
                summaries.add(records.read(record.value(), StreamRecords.Summary.class));
            }
        }
        intake.take(found, summaries);
    }

    void onStop(@Observes ShutdownEvent event) {
        stop();
    }

    void stop() {
        ending = true;
        if (taking == null) {
            return;
        }
        watch.stop();
        synchronized (this) {
            if (streams != null) {
                streams.close(new KafkaStreams.CloseOptions().leaveGroup(true).timeout(AT_MOST));
            }
        }
        KafkaConsumer<byte[], byte[]> one = consumer;
        if (one != null) {
            one.wakeup();
        }
        try {
            taking.join(AT_MOST);
            if (folder != null) {
                folder.channel().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("The lock of the streams' folder ends with the process", e);
        }
    }
}
