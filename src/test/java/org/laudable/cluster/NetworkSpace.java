package org.laudable.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A network of its own for a process, with one cable to this machine that can be pulled. Needs root and {@code ip}. */
final class NetworkSpace implements AutoCloseable {
    private final String name = "laudable-cut";
    private final Thread atTheEnd = new Thread(this::remove);

    private NetworkSpace() {}

    /** There is one at a time, as there is one pair of addresses: what a killed driver left behind goes first. */
    static NetworkSpace open() {
        NetworkSpace space = new NetworkSpace();
        space.remove();
        Runtime.getRuntime().addShutdownHook(space.atTheEnd);
        Shell.run("ip", "netns", "add", space.name);
        Shell.run("ip", "link", "add", space.name + "o", "type", "veth", "peer", "name", space.name + "i");
        Shell.run("ip", "link", "set", space.name + "i", "netns", space.name);
        Shell.run("ip", "addr", "add", space.outside() + "/30", "dev", space.name + "o");
        Shell.run("ip", "link", "set", space.name + "o", "up");
        Shell.run("ip", "netns", "exec", space.name, "ip", "addr", "add", space.inside() + "/30", "dev", space.name + "i");
        Shell.run("ip", "netns", "exec", space.name, "ip", "link", "set", space.name + "i", "up");
        Shell.run("ip", "netns", "exec", space.name, "ip", "link", "set", "lo", "up");
        return space;
    }

    /** This machine's address for the process. */
    String outside() {
        return "10.77.0.1";
    }

    /** The process's address for this machine. */
    String inside() {
        return "10.77.0.2";
    }

    List<String> before() {
        return List.of("ip", "netns", "exec", name);
    }

    /** Nothing comes through, and nobody is told: as with a pulled cable. */
    void cut() {
        Shell.run("ip", "link", "set", name + "o", "down");
    }

    void mend() {
        Shell.run("ip", "link", "set", name + "o", "up");
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
        remove();
    }

    private void remove() {
        for (List<String> part : List.of(List.of("ip", "link", "delete", name + "o"), List.of("ip", "netns", "delete", name))) {
            try {
                Shell.run(part.toArray(String[]::new));
            } catch (IllegalStateException e) {
                continue; // it is not there
            }
        }
    }

    /** Commands of this machine. */
    static final class Shell {
        private Shell() {}

        static void run(String... command) {
            try {
                Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
                String said = new String(process.getInputStream().readAllBytes());
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(String.join(" ", command) + ": " + said);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
