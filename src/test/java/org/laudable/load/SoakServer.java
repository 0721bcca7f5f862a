package org.laudable.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.laudable.e2e.RunningLaudable;

/** A server's memory after a collection, from its metrics and from the system. */
final class SoakServer implements AutoCloseable {
    static final String TOKEN = "what-the-soak-brings-to-read";
    /** As the launcher starts it. Pages of the heap are touched as they are taken, so that what else is resident is not heap. */
    static final Map<String, String> ENVIRONMENT = Map.of("LAUDABLE_METRICS_TOKEN", TOKEN, "OMP_WAIT_POLICY", "PASSIVE", "JAVA_TOOL_OPTIONS",
            "-Xms128m -Xmx1g -XX:G1PeriodicGCInterval=60000 -XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10 -XX:+AlwaysPreTouch -XX:NativeMemoryTracking=summary "
                    + "-Dai.djl.pytorch.num_threads=1 -Dai.djl.pytorch.num_interop_threads=1");
    private static final double MB = 1 << 20;

    private final RunningLaudable laudable;
    private final HttpClient http = HttpClient.newHttpClient();

    SoakServer(RunningLaudable laudable) {
        this.laudable = laudable;
    }

    /** Megabytes, and a number of threads. */
    record Sample(double heap, double committed, double direct, double metaspace, double nativeMemory, double threads) {}

    Sample sample() throws IOException, InterruptedException {
        tell("GC.run");
        String metrics = http.send(HttpRequest.newBuilder(URI.create(laudable.url("/q/metrics"))).header("Authorization", "Bearer " + TOKEN).build(),
                HttpResponse.BodyHandlers.ofString()).body();
        double committed = sum(metrics, "jvm_memory_committed_bytes", "area=\"heap\"") / MB;
        return new Sample(sum(metrics, "jvm_memory_used_bytes", "area=\"heap\"") / MB, committed, sum(metrics, "jvm_buffer_memory_used_bytes", "id=\"direct\"") / MB,
                sum(metrics, "jvm_memory_used_bytes", "id=\"Metaspace\"") / MB, status("VmRSS") / 1024.0 - committed, status("Threads"));
    }

    /** Keeps what the JVM knows of its memory, for whoever looks for what grew. */
    void keep(String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "soak"));
        Files.writeString(folder.resolve(name + "-classes.txt"), tell("GC.class_histogram"));
        Files.writeString(folder.resolve(name + "-native.txt"), tell("VM.native_memory", "summary"));
    }

    private String tell(String... what) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(laudable.pid()));
        builder.command().addAll(java.util.List.of(what));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return said;
    }

    private static double sum(String metrics, String name, String label) {
        Matcher lines = Pattern.compile("(?m)^" + name + "\\{([^}]*)} (\\S+)$").matcher(metrics);
        double sum = 0;
        int found = 0;
        while (lines.find()) {
            if (lines.group(1).contains(label)) {
                sum += Double.parseDouble(lines.group(2));
                found++;
            }
        }
        if (found == 0) {
            throw new IllegalStateException("The metrics do not tell " + name);
        }
        return sum;
    }

    private double status(String what) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(laudable.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(what + ":")).mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", ""))).findFirst().orElseThrow();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
