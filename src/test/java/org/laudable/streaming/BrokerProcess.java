package org.laudable.streaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.laudable.testing.Children;
import org.laudable.testing.Eventually;

/** A Kafka broker as a process of its own, which can be killed and started again on its folder and port. */
final class BrokerProcess implements Broker {
    private final Path folder;
    private final int port;
    private final Path settings;
    private Process process;

    private BrokerProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.settings = folder.resolve("server.properties");
    }

    static BrokerProcess begin() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "broker")).toAbsolutePath(), "b");
        BrokerProcess broker = new BrokerProcess(folder, freePort());
        Files.writeString(broker.settings, """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                listeners=PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%1$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%2$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                group.initial.rebalance.delay.ms=0
                transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
                """.formatted(freePort(), broker.port, folder.resolve("data")));
        Process format = broker.run("kafka.tools.StorageTool", "format", "-t", "4L6g3nShT-eMCtK--X86sw", "-c", broker.settings.toString());
        if (format.waitFor() != 0) {
            throw new IllegalStateException("The broker's folder was not made: " + Files.readString(folder.resolve("log")));
        }
        return broker.start();
    }

    /** Comes back once it takes connections. */
    BrokerProcess start() {
        process = run("kafka.Kafka", settings.toString());
        Eventually.holds("the broker answers", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("The broker ended with " + process.exitValue() + "; its log: " + folder.resolve("log"));
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return this;
    }

    /** kill -9: what it had not told the disk is with the system, what it had in hand is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public String servers() {
        return "127.0.0.1:" + port;
    }

    private Process run(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx400m", "-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        try {
            return Children.endWithUs(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile())).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try (var tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
