package org.laudable.load;

import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.laudable.e2e.RunningLaudable;
import org.laudable.testing.Children;
import org.postgresql.PGConnection;

/**
 * A run over many texts that nobody has embedded before, on one process or on several, each on a core of its own: how soon people
 * can label, texts a second, and whether any text was embedded twice. Ends with 1 if so, or if one is missing. Options:
 * {@code --items N} (200,000), {@code --workers N} (1, the server), {@code --kill SECONDS} (the last worker dies with -9 then, and is
 * begun again).
 */
public final class EmbedDriver {
    private static final String TOKEN = "lau_" + "embed".repeat(9).substring(0, 43);

    private EmbedDriver() {}

    public static void main(String[] args) throws Exception {
        int items = 200_000;
        int workers = 1;
        int kill = 0;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--items" -> items = Integer.parseInt(args[i + 1]);
                case "--workers" -> workers = Integer.parseInt(args[i + 1]);
                case "--kill" -> kill = Integer.parseInt(args[i + 1]);
                default -> throw new IllegalArgumentException("Not known: " + args[i] + ". There are --items, --workers and --kill.");
            }
        }
        boolean well;
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Memory memory = Memory.ofServer()) {
            long server = ProcessHandle.current().children().findFirst().orElseThrow().pid();
            pin(server, 0);
            List<Process> others = new ArrayList<>();
            long project = make(laudable, items);
            for (int i = 1; i < workers; i++) {
                others.add(worker(laudable.data(), i));
            }
            try {
                well = measure(laudable, memory, project, items, workers, kill, others);
            } finally {
                for (Process one : others) {
                    one.destroy();
                    one.waitFor();
                }
            }
        }
        System.exit(well ? 0 : 1);
    }

    /** All threads of a running process onto one core. */
    private static void pin(long process, int core) throws Exception {
        new ProcessBuilder("taskset", "-a", "-c", "-p", Integer.toString(core), Long.toString(process)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private static Process worker(Path data, int core) throws Exception {
        List<String> command = List.of("taskset", "-c", Integer.toString(core), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-XX:+UseCompactObjectHeaders", "-Dai.djl.offline=true", "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString(), "worker", "--port", "0", "--data", data.toString());
        return Children.endWithUs(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Path.of("target", "embed-worker-" + core + ".log").toFile()).start());
    }

    private static long make(RunningLaudable laudable, int items) throws Exception {
        FoodTexts texts = new FoodTexts();
        try (Connection database = laudable.connection()) {
            long person = LoadProject.number(database, "insert into account (username, display_name, session_epoch) values ('embed', 'Embed', 0) returning id");
            long project = LoadProject.number(database, """
                    insert into project (kind, name, description, state, seed, created_by) values ('TEXT', 'Embed', 'a food from the group', 'ACTIVE', 7, ?) returning id""", person);
            LoadProject.number(database, "insert into budget (project_id) values (?) on conflict do nothing returning 1", project);
            LoadProject.number(database, "insert into project_member (project_id, account_id, role) values (?, ?, 'MANAGER') returning 1", project, person);
            List<String> groups = texts.groups();
            for (int i = 0; i < groups.size(); i++) {
                LoadProject.number(database, "insert into label_class (project_id, ordinal, name) values (?, ?, ?) returning 1", project, i, groups.get(i));
            }
            LoadProject.number(database, """
                    insert into api_token (account_id, name, start, hash, actions, session_epoch, created_at, expires_at)
                    values (?, 'embed', 'lau_', ?, '{READ_ITEMS,MANAGE_RUNS}', 0, now(), now() + interval '1 day') returning 1""", person,
                    MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8)));
            database.createStatement().execute("create temporary table made (body text)");
            var copy = database.unwrap(PGConnection.class).getCopyAPI();
            StringBuilder lines = new StringBuilder();
            for (int n = 0; n < items; n++) {
                lines.append(texts.get(n).text().replace("\\", "\\\\").replace("\t", " ")).append('\n');
                if (lines.length() > 1_000_000 || n + 1 == items) {
                    copy.copyIn("copy made from stdin", new StringReader(lines.toString()));
                    lines.setLength(0);
                }
            }
            LoadProject.number(database, """
                    with put as (insert into item (project_id, body, fingerprint, shuffle)
                      select ?, body, substring(sha256(convert_to(lower(body), 'UTF8')) for 16), hashtext(body) from made on conflict do nothing returning 1)
                    select count(*) from put""", project);
            database.createStatement().execute("analyze");
            return project;
        }
    }

    private static boolean measure(RunningLaudable laudable, Memory memory, long project, int items, int workers, int kill, List<Process> others) throws Exception {
        long texts = laudable.number("select count(*) from item");
        long shared = laudable.number("select count(*) from embedding");
        System.out.printf(Locale.ROOT, "%,d texts, %d process(es), one core each; the server rests at %s%n", texts, workers, memory.now());
        long started = System.nanoTime();
        double before = LoadDriver.cpuSeconds();
        start(laudable, project);
        double first = 0;
        double ranked = 0;
        boolean killed = kill == 0;
        for (long told = 0; laudable.number("select count(*) from run where embedded_at is not null") == 0; LockSupport.parkNanos(200_000_000)) {
            double now = (System.nanoTime() - started) / 1e9;
            first = first == 0 && laudable.number("select count(*) from task where state = 'OPEN'") > 0 ? now : first;
            ranked = ranked == 0 && laudable.number("select count(*) from task where state = 'OPEN' and purpose = 'TRAIN'") > 0 ? now : ranked;
            if (!killed && now > kill) {
                killed = true;
                others.getLast().destroyForcibly().waitFor();
                others.set(others.size() - 1, worker(laudable.data(), others.size()));
                System.out.printf(Locale.ROOT, "after %.0f s the last worker was killed and begun again%n", now);
            }
            if (now > 60 * (told + 1)) {
                told++;
                long embedded = laudable.number("select embedded from run");
                System.out.printf(Locale.ROOT, "after %d min %,d embedded, %.0f a CPU second; server %s%n", told, embedded,
                        embedded / (LoadDriver.cpuSeconds() - before), memory.now());
            }
            if (laudable.number("select count(*) from run where state = 'FAILED'") > 0) {
                throw new IllegalStateException("The run failed");
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        long vectors = laudable.number("select count(*) from embedding") - shared;
        long written = laudable.number("select sum(written) from sweep where kind = 'EMBED'");
        System.out.printf(Locale.ROOT, "first audit question after %.1f s, first training question after %.1f s%n", first, ranked);
        System.out.printf(Locale.ROOT, "%,d texts in %.0f s: %.0f a second, %.0f a CPU second of all processes and the database; server %s%n", texts, seconds, texts / seconds,
                texts / (LoadDriver.cpuSeconds() - before), memory.now());
        System.out.printf(Locale.ROOT, "vectors in the table %,d, counted as new %,d, missing %,d%n", vectors, written, texts - vectors);
        return vectors == texts && written == texts;
    }

    private static void start(RunningLaudable laudable, long project) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = http.send(HttpRequest.newBuilder(URI.create(laudable.url("/api/v1/projects/" + project + "/run/start")))
                    .header("Authorization", "Bearer " + TOKEN).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() != 201) {
                throw new IllegalStateException("The run was not started: " + reply.body());
            }
        }
    }
}
