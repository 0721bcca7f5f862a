package org.laudable.streaming;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.laudable.e2e.Chromium;
import org.laudable.e2e.Desk;
import org.laudable.e2e.RunningLaudable;
import org.laudable.testing.Children;
import org.laudable.testing.Eventually;

/**
 * A real broker, a process that serves pages, two that score streams. Sends points of many series at a steady rate, kills one
 * of the two with -9 in the middle, starts another, and compares every series with the same points scored here in one piece.
 * Then: from sending an anomaly's first point to seeing it on an open page. Options: {@code --rate 5000 --seconds 60 --kills 3
 * --series 64 --page true}. With {@code --break broker} it is the broker that is killed with -9, and started again on the same
 * folder five seconds later; one process scores.
 */
public final class StreamDriver implements AutoCloseable {
    private static final int PARTITIONS = 8;
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final String PASSWORD = "a long enough sentence";
    private static final StreamTopics TOPICS = StreamTopics.of("laudable");

    private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
    private final int rate;
    private final int seconds;
    private final int count;
    private final RunningLaudable laudable;
    private final Broker broker;
    private final boolean breaksBroker;
    private final List<Process> streams = new ArrayList<>();
    private final List<Long> series = new ArrayList<>();
    private final Map<Long, LiveSeries> reference = new HashMap<>();
    private final Map<Long, Set<LiveStretch>> expected = new HashMap<>();
    private final Map<Long, Integer> sent = new HashMap<>();
    private final Map<Long, Long> heard = new ConcurrentHashMap<>();
    private final Map<Long, Long> longest = new ConcurrentHashMap<>();
    private final Map<String, Integer> closings = new ConcurrentHashMap<>();
    private final AtomicLong unsent = new AtomicLong();
    private volatile boolean ending;
    private long project;

    private StreamDriver(int rate, int seconds, int count, RunningLaudable laudable, Broker broker, boolean breaksBroker) {
        this.rate = rate;
        this.seconds = seconds;
        this.count = count;
        this.laudable = laudable;
        this.broker = broker;
        this.breaksBroker = breaksBroker;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        int kills = Integer.parseInt(options.getOrDefault("--kills", "3"));
        boolean breaksBroker = options.getOrDefault("--break", "stream").equals("broker");
        boolean well;
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Broker broker = breaksBroker ? BrokerProcess.begin() : TestBroker.start();
                StreamDriver driver = new StreamDriver(Integer.parseInt(options.getOrDefault("--rate", "5000")), Integer.parseInt(options.getOrDefault("--seconds", "60")),
                        Integer.parseInt(options.getOrDefault("--series", "64")), laudable, broker, breaksBroker)) {
            well = driver.run(kills, Boolean.parseBoolean(options.getOrDefault("--page", "true")));
        }
        System.exit(well ? 0 : 1);
    }

    private boolean run(int kills, boolean page) throws Exception {
        if (page) {
            try (Chromium chromium = new Chromium()) {
                new Desk(laudable, chromium.person()).createFirstAdmin(laudable.fromOutput(Pattern.compile("one-time code: (\\S+)")), "Ada", "ada", PASSWORD);
            }
        }
        setUp();
        makeTopics();
        Thread.ofPlatform().daemon().name("listening").start(this::listen);
        stream();
        if (!breaksBroker) {
            stream();
        }
        sendFor(5, 500); // all have their partitions, and are warm
        caughtUp();
        boolean well = true;
        System.out.println("| kill | points sent | lost | doubled | anomalies missing | told twice | longest silence of a series, s | caught up after, s |\n|---|---|---|---|---|---|---|---|");
        for (int kill = 1; kill <= kills; kill++) {
            longest.clear();
            heard.clear();
            Thread killer = kill(seconds / 3);
            int now = sendFor(seconds, rate);
            long end = System.nanoTime();
            killer.join();
            caughtUp();
            well &= row(kill, now, (System.nanoTime() - end) / 1e9);
            if (!breaksBroker) {
                stream();
                LockSupport.parkNanos(Duration.ofSeconds(12).toNanos());
            }
        }
        if (page) {
            seenOnThePage();
        }
        return well;
    }

    /** Before anybody sends: a broker makes topics of one partition by itself. */
    private void makeTopics() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.servers()))) {
            admin.createTopics(TOPICS.all().stream().map(topic -> new NewTopic(topic, PARTITIONS, (short) 1)).toList()).all().get();
        }
    }

    private Thread kill(int after) {
        return Thread.ofPlatform().start(() -> {
            LockSupport.parkNanos(Duration.ofSeconds(after).toNanos());
            if (breaksBroker) {
                breakBroker();
            } else {
                streams.removeFirst().destroyForcibly();
            }
        });
    }

    private void breakBroker() {
        BrokerProcess breaking = (BrokerProcess) broker;
        breaking.kill();
        long killed = System.nanoTime();
        LockSupport.parkNanos(AWAY.toNanos());
        long before = scored(); // what was committed is in the tables by now
        long again = System.nanoTime();
        breaking.start();
        double ready = (System.nanoTime() - again) / 1e9;
        Eventually.holds("points are scored again", () -> scored() > before + rate);
        System.out.printf(Locale.ROOT, "broker killed; started again after %.1f s, open after %.1f s more; points that came later were scored %.1f s after it was open, %.1f s after the kill%n",
                (again - killed) / 1e9, ready, (System.nanoTime() - again) / 1e9 - ready, (System.nanoTime() - killed) / 1e9);
    }

    private long scored() {
        return laudable.number("select coalesce(sum(points + late + duplicates), 0) from live_series");
    }

    /** Everything that was sent is in the tables. */
    private void caughtUp() {
        long all = sent.values().stream().mapToLong(n -> n).sum();
        Eventually.holds("all points are scored", () -> scored() >= all);
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos()); // what was told last
    }

    private boolean row(int kill, int now, double after) throws SQLException {
        long lost = 0;
        long doubled = 0;
        long missing = 0;
        try (Connection connection = laudable.connection(); PreparedStatement read = connection.prepareStatement("select points, late + duplicates from live_series where series_id = ?")) {
            for (long id : series) {
                read.setLong(1, id);
                try (ResultSet row = read.executeQuery()) {
                    row.next();
                    lost += asSent(id).points() - row.getLong(1);
                    doubled += row.getLong(2);
                }
                for (LiveStretch stretch : expected.get(id)) {
                    missing += closings.containsKey(id + " " + Instant.ofEpochMilli(stretch.from()) + " " + Instant.ofEpochMilli(stretch.to())) ? 0 : 1;
                }
            }
        }
        missing += rows(expected);
        long twice = closings.values().stream().filter(n -> n > 1).count() + laudable.number("select count(*) - count(distinct (series_id, from_at)) from live_anomaly");
        double silent = longest.values().stream().mapToLong(n -> n).max().orElse(0) / 1e9;
        System.out.printf(Locale.ROOT, "| %d | %,d | %d | %d | %d of %d | %d | %.1f | %.1f |%n", kill, now, lost, doubled, missing, expected.values().stream().mapToInt(Set::size).sum(), twice, silent, after);
        return lost == 0 && doubled == 0 && missing == 0 && twice == 0 && unsent.get() == 0;
    }

    /** Anomalies that are not in the table, or not with their end. */
    private long rows(Map<Long, Set<LiveStretch>> expected) throws SQLException {
        Set<String> rows = new HashSet<>();
        try (Connection connection = laudable.connection(); ResultSet row = connection.createStatement().executeQuery("""
                select series_id || ' ' || (extract(epoch from from_at) * 1000)::bigint || ' ' || (extract(epoch from to_at) * 1000)::bigint from live_anomaly""")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return expected.entrySet().stream().mapToLong(one -> one.getValue().stream().filter(stretch -> !rows.contains(one.getKey() + " " + stretch.from() + " " + stretch.to())).count()).sum();
    }

    /** At a steady rate, in turn over the series. */
    private int sendFor(int howLong, int perSecond) {
        int all = howLong * perSecond;
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            long start = System.nanoTime();
            for (int i = 0; i < all; i++) {
                long due = start + i * 1_000_000_000L / perSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(200_000);
                }
                long id = series.get(i % series.size());
                producer.send(record(id, LiveProject.point(id, sent.merge(id, 1, Integer::sum) - 1)), (told, problem) -> {
                    if (problem != null) {
                        unsent.incrementAndGet();
                    }
                });
            }
        }
        return all;
    }

    private static ProducerRecord<byte[], byte[]> record(long id, LivePoint point) {
        return new ProducerRecord<>(TOPICS.points(), Long.toString(id).getBytes(StandardCharsets.UTF_8), point.packed());
    }

    /** The same points in one piece, once there is time for that. */
    private LiveSeries asSent(long id) {
        LiveSeries here = reference.get(id);
        for (int t = (int) here.points(); t < sent.get(id); t++) {
            here.take(LiveProject.point(id, t));
            here.news().stream().filter(stretch -> !stretch.open()).forEach(stretch -> expected.get(id).add(stretch));
        }
        return here;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", broker.servers(), "linger.ms", 5, "enable.idempotence", true, "delivery.timeout.ms", 300_000), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** What is committed, as any other program would read it. */
    private void listen() {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.servers(), "group.id", "listening", "isolation.level", "read_committed", "auto.offset.reset", "earliest",
                "metadata.max.age.ms", 2_000);
        Set<String> read = new HashSet<>(); // this reader itself begins at its last commit again when the broker comes back
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPICS.anomalies(), TOPICS.summaries()));
            while (!ending) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.topic().equals(TOPICS.summaries())) {
                        long id = Long.parseLong(new String(record.key(), StandardCharsets.UTF_8));
                        long now = System.nanoTime();
                        Long before = heard.put(id, now);
                        longest.merge(id, before == null ? 0 : now - before, Math::max);
                    } else if (read.add(record.partition() + " " + record.offset())) {
                        Found found = json.readValue(record.value(), Found.class);
                        if (!found.open()) {
                            closings.merge(found.seriesId() + " " + found.from() + " " + found.to(), 1, Integer::sum);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stream() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-Xmx1g", "--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-Dai.djl.offline=true",
                "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString(), "stream", "--data", laudable.data().toString(), "--port", Integer.toString(port))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of("target", "stream-" + port + ".log").toFile()));
        builder.environment().put("LAUDABLE_KAFKA_SERVERS", broker.servers());
        streams.add(Children.endWithUs(builder.start()));
    }

    private void setUp() throws Exception {
        LiveProject live = LiveProject.make(laudable, count);
        project = live.id();
        for (int i = 0; i < count; i++) {
            long id = live.series().get(i);
            series.add(id);
            sent.put(id, 0);
            expected.put(id, new HashSet<>());
            reference.put(id, LiveSeries.begin(live.model(), live.past(i).subList(Math.max(0, LiveProject.PAST - live.model().scorer(0).settlesAfter()), LiveProject.PAST)));
        }
    }

    /** Each half second a burst begins in another series; a page that stays open notes when it shows it. */
    private void seenOnThePage() throws InterruptedException {
        try (Chromium chromium = new Chromium()) {
            Desk desk = new Desk(laudable, chromium.person());
            desk.signIn("ada", PASSWORD);
            Page page = desk.page();
            page.navigate(laudable.url("/projects/" + project + "/live"));
            page.locator(".live-list").waitFor();
            page.evaluate("""
                    () => { window.seen = {}; const note = () => document.querySelectorAll('[data-live-anomaly]').forEach(e => window.seen[e.dataset.liveAnomaly] ??= Date.now());
                      note(); window.seen = Object.fromEntries(Object.keys(window.seen).map(k => [k, 0]));
                      new MutationObserver(note).observe(document.body, {childList: true, subtree: true}); }""");
            Map<String, Long> began = new HashMap<>();
            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                for (int n = 0; n < 100; n++) {
                    long id = series.get(n % series.size());
                    for (int k = 0; k < 12; k++) {
                        LiveSeries here = k == 0 && n < series.size() ? asSent(id) : reference.get(id);
                        long at = System.currentTimeMillis();
                        LivePoint point = new LivePoint(LiveProject.START.toEpochMilli() + LiveProject.STEP * (LiveProject.PAST + sent.merge(id, 1, Integer::sum) - 1), new double[] {k < 4 ? 40 : ScoringBench.rhythm(sent.get(id) + 17 * (int) id)});
                        producer.send(record(id, point));
                        here.take(point);
                        for (LiveStretch stretch : here.news()) {
                            began.putIfAbsent(id + " " + stretch.from(), at);
                        }
                    }
                    TimeUnit.MILLISECONDS.sleep(500);
                }
            }
            TimeUnit.SECONDS.sleep(4);
            List<Long> waits = new ArrayList<>();
            @SuppressWarnings("unchecked")
            Map<String, Object> seen = (Map<String, Object>) page.evaluate("() => window.seen");
            try (Connection c = laudable.connection(); ResultSet row = c.createStatement().executeQuery(
                    "select id, series_id, (extract(epoch from from_at) * 1000)::bigint from live_anomaly order by id desc limit 1000")) {
                while (row.next()) {
                    Long start = began.get(row.getLong(2) + " " + row.getLong(3));
                    Object shown = seen.get(Long.toString(row.getLong(1)));
                    if (start != null && shown instanceof Number at && at.longValue() > 0) {
                        waits.add(at.longValue() - start);
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            waits.sort(null);
            System.out.printf(Locale.ROOT, "%nFrom sending to the open page, %d of %d anomalies: median %,d ms, p95 %,d ms, most %,d ms%n", waits.size(), began.size(),
                    waits.isEmpty() ? -1 : waits.get(waits.size() / 2), waits.isEmpty() ? -1 : waits.get((int) (.95 * (waits.size() - 1))), waits.isEmpty() ? -1 : waits.getLast());
        }
    }

    @Override
    public void close() {
        ending = true;
        streams.forEach(Process::destroy);
        streams.forEach(process -> process.onExit().join());
    }
}
