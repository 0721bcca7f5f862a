package org.laudable.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.testing.Children;

/** One service as a process in a network namespace and a mount namespace of its own. Needs root. */
final class Container implements AutoCloseable {
    private static final String BRIDGE = "laudable0";
    private static final Path NAMES = Path.of("/etc/netns");

    private final String name;
    private final String address;
    private final Path log;
    private String user;
    private boolean readOnly;
    private Map<String, Path> mounts;
    private Map<String, String> environment;
    private String directory;
    private List<String> command;
    private List<String> check;
    private Process process;
    private long startedAt;
    private Duration healthyAfter;

    Container(String name, String address, Path log) {
        this.name = name;
        this.address = address;
        this.log = log;
    }

    static void bridge(String network) {
        NetworkSpace.Shell.run("ip", "link", "add", BRIDGE, "type", "bridge");
        NetworkSpace.Shell.run("ip", "addr", "add", network + "1/24", "dev", BRIDGE);
        NetworkSpace.Shell.run("ip", "link", "set", BRIDGE, "up");
    }

    static void removeBridge() {
        try {
            NetworkSpace.Shell.run("ip", "link", "delete", BRIDGE);
        } catch (IllegalStateException e) {
            return; // it is gone already
        }
    }

    /** Every one finds all that were made so far by their names. */
    static void hosts(Collection<Container> all) throws IOException {
        String lines = "127.0.0.1 localhost\n" + all.stream().map(one -> one.address + " " + one.name + "\n").collect(Collectors.joining());
        for (Container one : all) {
            Files.writeString(Files.createDirectories(NAMES.resolve(one.space())).resolve("hosts"), lines);
        }
    }

    /** @param check asked by {@link #isHealthy}; empty: it is as soon as it runs */
    void plan(String user, boolean readOnly, Map<String, Path> mounts, Map<String, String> environment, String directory, List<String> command, List<String> check) {
        this.user = user;
        this.readOnly = readOnly;
        this.mounts = mounts;
        this.environment = environment;
        this.directory = directory;
        this.command = command;
        this.check = check;
    }

    void start() throws IOException {
        String veth = "lv" + address.substring(address.lastIndexOf('.') + 1);
        NetworkSpace.Shell.run("ip", "netns", "add", space());
        NetworkSpace.Shell.run("ip", "link", "add", veth, "type", "veth", "peer", "name", "eth0", "netns", space());
        NetworkSpace.Shell.run("ip", "link", "set", veth, "master", BRIDGE, "up");
        NetworkSpace.Shell.run("ip", "-n", space(), "addr", "add", address + "/24", "dev", "eth0");
        NetworkSpace.Shell.run("ip", "-n", space(), "link", "set", "eth0", "up");
        NetworkSpace.Shell.run("ip", "-n", space(), "link", "set", "lo", "up");
        startedAt = System.nanoTime();
        process = Children.endWithUs(new ProcessBuilder(inside(true)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
    }

    /** Mounts, then the user, then nothing but the command. */
    private List<String> inside(boolean mounting) {
        StringBuilder script = new StringBuilder("set -e\nhostname ").append(name).append('\n');
        if (mounting) {
            mounts.forEach((there, here) -> script.append(Files.isDirectory(here) ? "mkdir -p " + there : "mkdir -p $(dirname " + there + "); touch " + there)
                    .append("\nmount --bind ").append(here.toAbsolutePath()).append(' ').append(there).append('\n'));
            if (readOnly) {
                script.append(mounts.containsKey("/opt/laudable") ? "mount -o remount,bind,ro /opt/laudable\n" : "").append("mount -o remount,bind,ro /\n");
            }
            script.append("mount -t tmpfs -o noexec,nosuid,nodev,mode=1777 tmpfs /tmp\n");
        }
        script.append("cd ").append(directory).append('\n');
        String[] ids = user.split(":");
        script.append("exec ").append(user.startsWith("0:") ? "" : "setpriv --reuid " + ids[0] + " --regid " + ids[1]
                + " --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all ");
        script.append("env -i PATH=").append(System.getProperty("java.home")).append("/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/data \"$@\"\n");
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", space(), "unshare", "--mount", "--uts", "--propagation", "private", "bash", "-c", script.toString(), name));
        environment.forEach((key, value) -> all.add(key + "=" + value));
        all.addAll(mounting ? command : check);
        return all;
    }

    String address() {
        return address;
    }

    Process process() {
        return process;
    }

    String user() {
        return user;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    List<String> check() {
        return check;
    }

    Duration healthyAfter() {
        return healthyAfter;
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isHealthy() throws IOException, InterruptedException {
        boolean well = process.isAlive() && (check.isEmpty() || new ProcessBuilder(inside(false)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0);
        if (well) {
            healthyAfter = Duration.ofNanos(System.nanoTime() - startedAt);
        }
        return well;
    }

    /** Status, and which process the balancer sends the browser to (from the cookie it sets; empty: it stays where it is). */
    String[] ask(String path, String cookie) throws IOException, InterruptedException {
        Process curl = new ProcessBuilder("ip", "netns", "exec", space(), "curl", "-s", "-m", "5", "-o", "/dev/null", "-D", "-", "-H", "Cookie: " + cookie,
                "http://127.0.0.1:8080" + path).redirectErrorStream(true).start();
        String head = new String(curl.getInputStream().readAllBytes());
        curl.waitFor();
        String status = head.startsWith("HTTP/") ? head.split(" ")[1] : "0";
        String at = head.lines().filter(line -> line.toLowerCase().startsWith("set-cookie: laudable-at=")).map(line -> line.substring(24).split("[;\\s]")[0]).findFirst().orElse("");
        return new String[] {status, at};
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        try {
            NetworkSpace.Shell.run("ip", "link", "delete", "lv" + address.substring(address.lastIndexOf('.') + 1)); // or it stays until the last of its processes is gone
            NetworkSpace.Shell.run("ip", "netns", "delete", space());
            NetworkSpace.Shell.run("rm", "-rf", NAMES.resolve(space()).toString());
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
        }
    }

    private String space() {
        return "laudable-" + name;
    }
}
