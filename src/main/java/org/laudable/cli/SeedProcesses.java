package org.laudable.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.laudable.engine.series.replay.SeriesReport;

/** Plays each seed of a replay in its own process, a few side by side: the native library trains one network at a time. */
final class SeedProcesses {

    private final List<String> arguments;
    private final Path json;
    private final int atOnce;

    /** @param arguments the replay's own command line */
    SeedProcesses(List<String> arguments, Path json, int atOnce) {
        this.arguments = arguments;
        this.json = json;
        this.atOnce = atOnce;
    }

    /** Runs seeds 1 … n and adds what they found to the report. */
    void run(int seeds, SeriesReport report) throws IOException, InterruptedException {
        List<Process> running = new ArrayList<>();
        try {
            for (int seed = 1; seed <= seeds; seed++) {
                while (running.size() >= atOnce) {
                    await(running.removeFirst());
                }
                running.add(start(seed));
            }
            while (!running.isEmpty()) {
                await(running.removeFirst());
            }
        } finally {
            running.forEach(Process::destroy);
        }
        for (int seed = 1; seed <= seeds; seed++) {
            report.resume(part(seed));
        }
        report.write(json);
        for (int seed = 1; seed <= seeds; seed++) {
            Files.deleteIfExists(part(seed));
        }
    }

    private Path part(int seed) {
        return part(json, seed);
    }

    /** Where one seed's process writes. */
    static Path part(Path json, long seed) {
        return json.resolveSibling(json.getFileName() + ".seed-" + seed);
    }

    private Process start(int seed) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        String path = System.getProperty("java.class.path");
        if (path.endsWith(".jar") && !path.contains(File.pathSeparator)) {
            command.addAll(List.of("-jar", path));
        } else {
            command.addAll(List.of("-cp", path, Main.class.getName()));
        }
        command.addAll(arguments);
        command.addAll(List.of("--only-seed", String.valueOf(seed)));
        return new ProcessBuilder(command).inheritIO().redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static void await(Process process) throws InterruptedException {
        if (process.waitFor() != 0) {
            throw new CommandFailed("A seed's process failed; what it had finished is kept, so the same command goes on from there.");
        }
    }
}
