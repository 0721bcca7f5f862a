package org.laudable.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.laudable.backup.Backup;
import org.laudable.backup.Restore;
import org.laudable.database.DatabaseOfFolder;
import org.laudable.e2e.RunningLaudable;

/**
 * A large corpus through the REST interface: in, out again, and a back-up in the middle of it. Prints seconds and the
 * server's memory; ends with 1 if anything is missing. Options: {@code --items N}, a million without it;
 * {@code --words N} of each, twelve without it: with 300 a million make 2 GB; {@code --no-backup} leaves the back-ups out.
 */
public final class BulkDriver {
    private static final String TOKEN = "lau_" + "bulk".repeat(11).substring(0, 43);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HASH_OF_ITEMS = """
            select count(*), coalesce(md5(string_agg(h, '' order by p)), '') from (select id / 10000 as p, md5(string_agg(md5(body), '' order by id)) as h
            from item where id <= ? group by 1) pieces""";

    private final RunningLaudable laudable;
    private final Memory memory;
    private final int items;
    private final int words;
    private final boolean backUps;
    private final HttpClient http = HttpClient.newHttpClient();
    private long project;

    private BulkDriver(RunningLaudable laudable, Memory memory, int items, int words, boolean backUps) {
        this.laudable = laudable;
        this.memory = memory;
        this.items = items;
        this.words = words;
        this.backUps = backUps;
    }

    public static void main(String[] args) throws Exception {
        List<String> wish = List.of(args);
        int items = number(wish, "--items", 1_000_000);
        int words = number(wish, "--words", 12);
        boolean well;
        try (RunningLaudable laudable = RunningLaudable.onEmptyFolder(); Memory memory = Memory.ofServer()) {
            well = new BulkDriver(laudable, memory, items, words, !wish.contains("--no-backup")).run();
        }
        System.exit(well ? 0 : 1);
    }

    private static int number(List<String> wish, String option, int usual) {
        int at = wish.indexOf(option);
        return at < 0 ? usual : Integer.parseInt(wish.get(at + 1));
    }

    private boolean run() throws Exception {
        try (Connection database = laudable.connection()) {
            long person = LoadProject.number(database, "insert into account (username, display_name, session_epoch) values ('bulk', 'Bulk', 0) returning id");
            project = LoadProject.number(database, "insert into project (kind, name, state, seed, created_by) values ('TEXT', 'Bulk', 'ACTIVE', 7, ?) returning id", person);
            LoadProject.number(database, "insert into budget (project_id) values (?) on conflict do nothing returning 1", project);
            LoadProject.number(database, "insert into project_member (project_id, account_id, role) values (?, ?, 'MANAGER') returning 1", project, person);
            LoadProject.number(database, "insert into label_class (project_id, ordinal, name) values (?, 0, 'a') returning 1", project);
            LoadProject.number(database, """
                    insert into api_token (account_id, name, start, hash, actions, session_epoch, created_at, expires_at)
                    values (?, 'bulk', 'lau_', ?, '{READ_ITEMS,WRITE_ITEMS,EXPORT}', 0, now(), now() + interval '1 day') returning 1""", person,
                    MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(StandardCharsets.UTF_8)));
        }
        System.out.printf(Locale.ROOT, "%,d texts; the server rests at %s%n", items, memory.now());
        long started = System.nanoTime();
        String importId = in();
        double sent = seconds(started);
        while (laudable.number("select coalesce(max(id), 0) from item") < items / 3) {
            LockSupport.parkNanos(100_000_000);
        }
        boolean well = !backUps || backUp(importId);
        await(importId);
        tell("in: sent in %.1f s, all stored after", sent, started);
        started = System.nanoTime();
        well &= count("/items/stream") == items;
        tell("out, as lines of items, in", null, started);
        started = System.nanoTime();
        well &= count("/export?format=jsonl") == items;
        tell("out, as an export, in", null, started);
        return well && (!backUps || backUp(null));
    }

    /** @return the import's id */
    private String in() throws IOException, InterruptedException {
        HttpRequest request = request("/items").header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Lines(items, words))).build();
        JsonNode answer = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (!answer.has("id")) {
            throw new IOException("The import was not taken: " + answer);
        }
        return answer.path("id").asText();
    }

    private void await(String importId) throws IOException, InterruptedException {
        while (true) {
            JsonNode state = state(importId);
            if (state.path("state").asText().equals("DONE")) {
                return;
            }
            if (state.path("state").asText().equals("FAILED")) {
                throw new IOException("The import failed: " + state);
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    private JsonNode state(String importId) throws IOException, InterruptedException {
        return JSON.readTree(http.send(request("/imports/" + importId).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private long count(String path) throws IOException, InterruptedException {
        try (InputStream lines = http.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream()).body();
                BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
            return reader.lines().count();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(laudable.url("/api/v1/projects/" + project + path))).header("Authorization", "Bearer " + TOKEN);
    }

    /** Saves and restores; what was committed before must be in it, as it was. */
    private boolean backUp(String importId) throws Exception {
        String when = importId == null ? "at rest" : "while " + state(importId).path("state").asText().toLowerCase(Locale.ROOT);
        long last = laudable.number("select coalesce(max(id), 0) from item");
        Content before = content(laudable.connection(), last);
        Path file = laudable.data().resolveSibling("bulk.zip");
        Path restored = laudable.data().resolveSibling("bulk-restored");
        Files.deleteIfExists(file);
        if (Files.exists(restored)) {
            org.laudable.database.DataFolder.deleteTree(restored);
        }
        long started = System.nanoTime();
        Backup.Taken taken = new Backup(laudable.data(), file, (done, all) -> {}).take();
        double saved = seconds(started);
        started = System.nanoTime();
        Restore.Restored found = new Restore(file, restored, (done, all) -> {}).restore();
        double back = seconds(started);
        Content after;
        try (DatabaseOfFolder database = DatabaseOfFolder.openOwn(restored)) {
            after = content(database.connect(), last);
        }
        boolean well = before.equals(after) && found.audit().fault().isEmpty();
        System.out.printf(Locale.ROOT, "back-up %s: %,d MB saved in %.1f s as %,d MB, restored in %.1f s; of %,d texts committed before, %s; %,d are in it%n", when,
                taken.bytes() >> 20, saved, taken.packed() >> 20, back, laudable.number("select count(*) from item where id <= " + last),
                well ? "all are there with the same hash" : "SOME DIFFER", found.rows().get("item"));
        Files.delete(file);
        org.laudable.database.DataFolder.deleteTree(restored);
        return well;
    }

    private record Content(long pieces, String hash) {}

    private static Content content(Connection connection, long last) throws Exception {
        try (connection; var query = connection.prepareStatement(HASH_OF_ITEMS)) {
            query.setLong(1, last);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Content(row.getLong(1), row.getString(2));
            }
        }
    }

    private void tell(String what, Double figure, long started) {
        double seconds = seconds(started);
        System.out.printf(Locale.ROOT, "%s %.1f s, %,.0f a second; server %s%n", figure == null ? what : what.formatted(figure), seconds, items / seconds, memory.now());
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    /** Lines of JSON, made as they are read: a dozen words each, no two the same. */
    private static final class Lines extends InputStream {
        private static final String[] WORDS = ("invoice wrong amount refund order late parcel broken screen battery slow delivery thanks support phone account "
                + "login password reset error page crash update version price voucher shipping address change cancel contract question").split(" ");

        private final Random random = new Random(5);
        private final int most;
        private final int words;
        private byte[] line = {};
        private int at;
        private int made;

        Lines(int most, int words) {
            this.most = most;
            this.words = words;
        }

        @Override
        public int read() {
            return more() ? line[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (!more()) {
                return -1;
            }
            int n = Math.min(length, line.length - at);
            System.arraycopy(line, at, into, offset, n);
            at += n;
            return n;
        }

        private boolean more() {
            if (at < line.length) {
                return true;
            }
            if (made == most) {
                return false;
            }
            StringBuilder text = new StringBuilder("{\"id\":\"m").append(made).append("\",\"text\":\"");
            for (int i = 0; i < words; i++) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            line = text.append(made++).append("\"}\n").toString().getBytes(StandardCharsets.UTF_8);
            at = 0;
            return true;
        }
    }
}
