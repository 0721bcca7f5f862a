package org.laudable.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.elytron.security.common.BcryptUtil;
import java.io.SequenceInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.laudable.e2e.RunningLaudable;

/**
 * What grows how: the same things with ten thousand, a hundred thousand and a million texts, in one server. Texts go in over REST;
 * their vectors are made up, so that embedding is not what is measured; people label through the deck's interface until some rounds
 * are done; then the run is stopped and the model labels the rest. Prints a table, draws {@code target/growth.svg}, and shows how the
 * database goes about the queries of every day; ends with 1 if one of them reads a whole table of a million. Option: {@code --sizes 10000,100000,1000000}.
 */
public final class GrowthDriver {
    private static final String TOKEN = "lau_" + "grows".repeat(9).substring(0, 43);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PEOPLE = 4;
    private static final int ROUNDS = 3;

    private final RunningLaudable laudable;
    private final Memory memory;
    private final HttpClient http = HttpClient.newHttpClient();
    private final FoodTexts texts = new FoodTexts();
    private boolean byIndex;

    private GrowthDriver(RunningLaudable laudable, Memory memory) {
        this.laudable = laudable;
        this.memory = memory;
    }

    /** Seconds, milliseconds, texts a second, as their names say. */
    private record Row(int items, double importSeconds, double firstQuestion, double trainable, double next50, double next95, double save95, double round,
            double page, double export, double restPerSecond, String memory) {}

    public static void main(String[] args) throws Exception {
        int[] sizes = args.length == 2 && args[0].equals("--sizes") ? Arrays.stream(args[1].split(",")).mapToInt(Integer::parseInt).toArray()
                : new int[] {10_000, 100_000, 1_000_000};
        List<Row> rows = new ArrayList<>();
        boolean byIndex;
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Memory memory = Memory.ofServer()) {
            GrowthDriver driver = new GrowthDriver(laudable, memory);
            for (int size : sizes) {
                rows.add(driver.measure(size));
            }
            byIndex = driver.byIndex || rows.getLast().items() < 1_000_000; // a small table is rightly read whole
        }
        System.out.println("| texts | import s | first question s | first training question s | next ms, median | next p95 | save p95 | round s | page of items ms | export s | rest a second | server |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|---|");
        draw(rows);
        rows.forEach(r -> System.out.printf(Locale.ROOT, "| %,d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.0f | %.1f | %,.0f | %s |%n", r.items(), r.importSeconds(),
                r.firstQuestion(), r.trainable(), r.next50(), r.next95(), r.save95(), r.round(), r.page(), r.export(), r.restPerSecond(), r.memory()));
        System.exit(byIndex ? 0 : 1);
    }

    private static void draw(List<Row> rows) throws Exception {
        GrowthPlot plot = new GrowthPlot();
        rows.forEach(r -> {
            plot.point("import", r.items(), r.importSeconds());
            plot.point("start to first training question", r.items(), r.trainable());
            plot.point("next question, p95", r.items(), r.next95() / 1e3);
            plot.point("round", r.items(), r.round());
            plot.point("page of items", r.items(), r.page() / 1e3);
            plot.point("export", r.items(), r.export());
        });
        Files.writeString(java.nio.file.Path.of("target", "growth.svg"), plot.svg());
    }

    private Row measure(int items) throws Exception {
        LoadProject project = make(items);
        long started = System.nanoTime();
        bring(project.id(), items);
        double imported = seconds(started);
        say("%,d texts imported in %.1f s; server %s", items, imported, memory.now());
        MadeVectors.put(laudable, project.id());
        started = System.nanoTime();
        post("/projects/" + project.id() + "/run/start");
        until("select count(*) from task where state = 'OPEN' and project_id = " + project.id(), 1);
        double first = seconds(started);
        until("select count(*) from task where state = 'OPEN' and purpose = 'TRAIN' and project_id = " + project.id(), 1);
        double trainable = seconds(started);
        say("first question after %.1f s, first training question after %.1f s", first, trainable);
        until("select count(*) from run where embedded_at is not null and project_id = " + project.id(), 1);
        Latencies latencies = new Latencies();
        label(project, latencies);
        double round = laudable.number("""
                select (1000 * percentile_cont(.5) within group (order by extract(epoch from trained_at - closed_at)))::bigint from round
                where state = 'DONE' and number > 0 and run_id = (select id from run where project_id = %d)""".formatted(project.id())) / 1e3;
        double[] next = latencies.of("next");
        say("next %.1f / %.1f ms, round %.1f s; server %s", next[0], next[1], round, memory.now());
        double page = times(5, () -> get("/projects/" + project.id() + "/items?limit=100"));
        started = System.nanoTime();
        get("/projects/" + project.id() + "/export?format=jsonl");
        double export = seconds(started);
        double rest = rest(project.id());
        try (Connection database = laudable.connection()) {
            byIndex = HotQueries.print(database, HotQueries.of(project.id(), laudable.number("select max(id) from run where project_id = " + project.id()),
                    project.people().getFirst().id(), laudable.number("select min(id) + 1000 from item where project_id = " + project.id())));
        }
        return new Row(items, imported, first, trainable, next[0], next[1], latencies.of("save")[1], round, 1e3 * page, export, rest, memory.now());
    }

    /** The rest by the newest model, as a manager orders it. */
    private double rest(long project) throws Exception {
        post("/projects/" + project + "/run/stop");
        laudable.number("""
                insert into sweep (project_id, run_id, kind, state, model_version, thresholds)
                select project_id, id, 'REST', 'PREPARING', round_number - 1, (select jsonb_object_agg(id::text, 0.01) from label_class where project_id = %1$d)
                from run where project_id = %1$d returning id""".formatted(project));
        until("select count(*) from sweep where kind = 'REST' and state in ('ACTIVE', 'DONE') and project_id = " + project, 1);
        long started = System.nanoTime();
        until("select count(*) from sweep where kind = 'REST' and state = 'DONE' and project_id = " + project, 1);
        double pace = laudable.number("select written from sweep where kind = 'REST' and project_id = " + project) / seconds(started);
        say("rest: %,d labels, %,.0f a second; server %s", laudable.number("select written from sweep where kind = 'REST' and project_id = " + project), pace, memory.now());
        return pace;
    }

    /** Until so many rounds are done. */
    private void label(LoadProject project, Latencies latencies) throws Exception {
        String sessionKey = Files.readString(laudable.data().resolve("secrets/session.key")).strip();
        List<Annotator> people = new ArrayList<>();
        for (LoadProject.Person person : project.people()) {
            people.add(new Annotator(List.of(laudable.url("")), person, project, sessionKey, latencies, Duration.ofMillis(400)).signIn());
        }
        while (laudable.number("select round_number from run where project_id = " + project.id()) <= ROUNDS) {
            Instant end = Instant.now().plusSeconds(10);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Annotator.Saved>> all = people.stream().map(one -> threads.submit(() -> one.labelUntil(end))).toList();
                for (Future<Annotator.Saved> one : all) {
                    one.get();
                }
            }
        }
    }

    private LoadProject make(int items) throws Exception {
        try (Connection database = laudable.connection()) {
            long manager = LoadProject.number(database, "insert into account (username, display_name, session_epoch) values (?, 'Growth', 0) returning id", "growth-" + items);
            long project = LoadProject.number(database, """
                    insert into project (kind, name, description, state, seed, batch_size, created_by) values ('TEXT', ?, 'a food from the group', 'ACTIVE', 7, 25, ?)
                    returning id""", "Growth " + items, manager);
            LoadProject.number(database, "insert into budget (project_id) values (?) on conflict do nothing returning 1", project);
            LoadProject.number(database, "insert into project_member (project_id, account_id, role) values (?, ?, 'MANAGER') returning 1", project, manager);
            List<Long> classes = new ArrayList<>();
            for (String group : texts.groups()) {
                classes.add(LoadProject.number(database, "insert into label_class (project_id, ordinal, name) values (?, ?, ?) returning id", project, classes.size(), group));
            }
            LoadProject.number(database, "delete from api_token returning 1");
            LoadProject.number(database, """
                    insert into api_token (account_id, name, start, hash, actions, session_epoch, created_at, expires_at)
                    values (?, 'growth', 'lau_', ?, '{READ_ITEMS,WRITE_ITEMS,MANAGE_RUNS,EXPORT}', 0, now(), now() + interval '1 day') returning 1""", manager,
                    MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8)));
            String hash = BcryptUtil.bcryptHash(LoadProject.PASSWORD, 4);
            List<LoadProject.Person> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                String username = "growth-" + items + "-" + i;
                long id = LoadProject.number(database, "insert into account (username, display_name, password_hash) values (?, ?, ?) returning id", username, "Person " + i, hash);
                LoadProject.number(database, "insert into project_member (project_id, account_id, role) values (?, ?, 'ANNOTATOR') returning 1", project, id);
                people.add(new LoadProject.Person(id, username));
            }
            return new LoadProject(project, people, classes);
        }
    }

    /** In one request, and until all is stored. */
    private void bring(long project, int items) throws Exception {
        HttpRequest request = request("/projects/" + project + "/items").header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> lines(items))).build();
        JsonNode answer = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (!answer.has("id")) {
            throw new IllegalStateException("The import was not taken: " + answer);
        }
        until("select count(*) from data_import where state = 'DONE' and id = " + answer.path("id").asLong(), 1);
    }

    private InputStream lines(int items) {
        Iterator<InputStream> pieces = IntStream.iterate(0, n -> n < items, n -> n + 5_000).mapToObj(from -> {
            StringBuilder out = new StringBuilder();
            for (int n = from; n < Math.min(items, from + 5_000); n++) {
                out.append(JSON.createObjectNode().put("id", "g" + n).put("text", texts.get(n).text() + " no. " + n)).append('\n');
            }
            return (InputStream) new ByteArrayInputStream(out.toString().getBytes(StandardCharsets.UTF_8));
        }).iterator();
        return new SequenceInputStream(new java.util.Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return pieces.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return pieces.next();
            }
        });
    }

    private interface Call {
        void run() throws Exception;
    }

    /** The median. */
    private static double times(int count, Call call) throws Exception {
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long started = System.nanoTime();
            call.run();
            took.add(seconds(started));
        }
        Collections.sort(took);
        return took.get(count / 2);
    }

    private void until(String sql, long least) {
        while (laudable.number(sql) < least) {
            if (laudable.number("select count(*) from run where state = 'FAILED'") + laudable.number("select count(*) from sweep where state = 'FAILED'") > 0) {
                throw new IllegalStateException("A run or a sweep failed");
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    private void get(String path) throws Exception {
        try (InputStream body = http.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream()).body()) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    private void post(String path) throws Exception {
        HttpResponse<String> reply = http.send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() >= 300) {
            throw new IllegalStateException(path + ": " + reply.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(laudable.url("/api/v1" + path))).header("Authorization", "Bearer " + TOKEN);
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    private static void say(String what, Object... figures) {
        System.out.printf(Locale.ROOT, what + "%n", figures);
    }
}
