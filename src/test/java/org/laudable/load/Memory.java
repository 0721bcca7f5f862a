package org.laudable.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The server process's resident memory, looked at four times a second. */
final class Memory implements AutoCloseable {
    private final Path status;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private volatile long most;

    private Memory(Path status) {
        this.status = status;
        timer.scheduleWithFixedDelay(() -> most = Math.max(most, resident()), 0, 250, TimeUnit.MILLISECONDS);
    }

    /** Of the only Java process below this one. */
    static Memory ofServer() {
        return new Memory(ProcessHandle.current().children().map(child -> Path.of("/proc", Long.toString(child.pid()), "status"))
                .filter(Files::exists).findFirst().orElse(Path.of("/none")));
    }

    /** What it has, and the most it had since this was last asked. */
    String now() {
        long now = resident();
        String text = String.format(Locale.ROOT, "%,d MB, at most %,d MB", now >> 10, Math.max(now, most) >> 10);
        most = 0;
        return text;
    }

    private long resident() {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS")).findFirst().map(line -> Long.parseLong(line.replaceAll("\\D+", ""))).orElse(0L);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
