package org.laudable.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.laudable.database.DataFolder;

/**
 * Runs what {@code docker/compose.yaml} and {@code docker/Dockerfile} say without a container engine: each service in a network
 * of its own with its name and port, as its user, on a root that only reads, with its volumes, its environment, its command word
 * by word, and its health check. Needs Linux, root, HAProxy, the built artefact and {@code target/keycloak}. Option:
 * {@code --without keycloak,kafka}. Ends when all are healthy and the balancer has outlived a web process; with {@code --stay}, at Ctrl-C.
 */
public final class ComposeAsProcesses implements AutoCloseable {
    private static final Map<String, String> VARIABLES = Map.of("LAUDABLE_DB_PASSWORD", "a-password-for-the-database", "LAUDABLE_OIDC_SECRET",
            "a-secret-of-more-than-thirty-two-characters", "KEYCLOAK_ADMIN_PASSWORD", "a-password-for-keycloak", "LAUDABLE_METRICS_TOKEN",
            "what-the-collector-brings");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final ComposeFile compose;
    private final Dockerfile image;
    private final List<String> without;
    private final Map<String, Container> running = new LinkedHashMap<>();

    private ComposeAsProcesses(List<String> without) throws IOException {
        this.without = without;
        compose = ComposeFile.read(VARIABLES);
        image = Dockerfile.read();
        folder = Files.createTempDirectory("laudable-compose");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public static void main(String[] args) throws Exception {
        List<String> options = List.of(args);
        int at = options.indexOf("--without");
        boolean well = false;
        try (ComposeAsProcesses all = new ComposeAsProcesses(at < 0 ? List.of() : List.of(options.get(at + 1).split(",")))) {
            Runtime.getRuntime().addShutdownHook(new Thread(all::stop));
            well = all.run();
            if (options.contains("--stay")) {
                Thread.currentThread().join();
            }
        }
        System.exit(well ? 0 : 1);
    }

    private boolean run() throws Exception {
        Container.bridge(compose.network());
        unpackNatives();
        System.out.println("| service | user | root | command | healthy after | asked by |\n|---|---|---|---|---|---|");
        for (ComposeFile.Service service : inOrder()) {
            start(service);
        }
        for (Map.Entry<String, Container> one : running.entrySet()) {
            await(one.getKey(), one.getValue());
        }
        if (running.containsKey("keycloak")) {
            new SignInOverBalancer(running.get("keycloak").address(), running.get("balancer").address(), VARIABLES.get("KEYCLOAK_ADMIN_PASSWORD")).run(oneTimeCode());
        }
        return outlivesAWebProcess();
    }

    /** Services after those they depend on. */
    private List<ComposeFile.Service> inOrder() {
        List<ComposeFile.Service> waiting = new ArrayList<>(compose.services().stream().filter(one -> !without.contains(one.name())).toList());
        List<ComposeFile.Service> order = new ArrayList<>();
        while (!waiting.isEmpty()) {
            ComposeFile.Service next = waiting.stream().filter(one -> waiting.stream().noneMatch(other -> one.dependsOn().containsKey(other.name()))).findFirst().orElseThrow();
            waiting.remove(next);
            order.add(next);
        }
        return order;
    }

    private void start(ComposeFile.Service service) throws Exception {
        for (Map.Entry<String, String> needs : service.dependsOn().entrySet()) {
            if (needs.getValue().equals("service_healthy") && running.containsKey(needs.getKey())) {
                await(needs.getKey(), running.get(needs.getKey()));
            }
        }
        String address = service.address().orElse(compose.network() + (20 + running.size()));
        Container container = new Container(service.name(), address, folder.resolve(service.name() + ".log"));
        if (service.isLaudable()) {
            List<String> command = new ArrayList<>(image.entrypoint());
            command.addAll(service.command());
            Map<String, String> environment = new LinkedHashMap<>(image.environment());
            environment.putAll(service.environment());
            container.plan(image.user(), service.isReadOnly(), volumes(service, image.user()), environment, "/data", command, service.healthCheck().orElse(image.healthCheck()));
        } else {
            StandIns.plan(container, service, folder, volumes(service, "65534:65534"));
        }
        running.put(service.name(), container);
        Container.hosts(running.values());
        container.start();
    }

    /** Where it is on this machine by where it is in the container. */
    private Map<String, Path> volumes(ComposeFile.Service service, String user) throws IOException {
        Map<String, Path> found = new LinkedHashMap<>();
        if (service.isLaudable()) {
            found.put("/opt/laudable", Member.ARTEFACT.getParent());
        }
        for (String volume : service.volumes()) {
            String[] parts = volume.split(":");
            Path here = parts[0].startsWith("./") ? ComposeFile.FOLDER.resolve(parts[0]).toRealPath() : folder.resolve("volume-" + parts[0]);
            if (!Files.exists(here)) {
                Files.createDirectories(here);
                NetworkSpace.Shell.run("chown", user, here.toString());
            }
            found.put(parts[1], here);
        }
        return found;
    }

    /** The Dockerfile's own line, in a place that looks like the image. */
    private void unpackNatives() throws Exception {
        NetworkSpace.Shell.run("rm", "-rf", Member.ARTEFACT.resolveSibling("native").toString());
        Container build = new Container("build", compose.network() + "5", folder.resolve("build.log"));
        running.put("build", build);
        Container.hosts(running.values());
        build.plan("0:0", false, Map.of("/opt/laudable", Member.ARTEFACT.getParent()), Map.of(), "/", List.of("bash", "-c", image.natives()), List.of());
        build.start();
        if (!build.process().waitFor(2, TimeUnit.MINUTES) || build.process().exitValue() != 0) {
            throw new IllegalStateException("The natives were not unpacked:\n" + build.said());
        }
        running.remove("build").close();
    }

    private void await(String name, Container container) throws Exception {
        if (container.healthyAfter() != null) {
            return;
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!container.isHealthy()) {
            if (!container.process().isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(name + (container.process().isAlive() ? " is not healthy:\n" : " ended:\n") + container.said());
            }
            LockSupport.parkNanos(500_000_000L);
        }
        System.out.printf(Locale.ROOT, "| %s | %s | %s | `%s` | %.1f s | %s |%n", name, container.user(), container.isReadOnly() ? "read-only" : "", commandOf(name),
                container.healthyAfter().toMillis() / 1e3, container.check().isEmpty() ? "" : "`" + String.join(" ", container.check()) + "`");
    }

    private String commandOf(String name) {
        return compose.services().stream().filter(one -> one.name().equals(name)).map(one -> String.join(" ", one.command())).findFirst().orElse("");
    }

    /** The processes that serve pages say the same. */
    private String oneTimeCode() {
        Matcher said = Pattern.compile("one-time code: ([A-Z0-9-]+)").matcher(running.get("web-1").said());
        if (!said.find()) {
            throw new IllegalStateException("web-1 says no one-time code:\n" + running.get("web-1").said());
        }
        return said.group(1);
    }

    /** Through the balancer: a page comes, its browser stays at one process, and comes to the other when that is killed. */
    private boolean outlivesAWebProcess() throws Exception {
        Container balancer = running.get("balancer");
        String[] first = balancer.ask("/login", "");
        System.out.println("Through the balancer: " + first[0] + " of " + first[1]);
        String[] again = balancer.ask("/login", "laudable-at=" + first[1]);
        running.get(first[1]).kill();
        long since = System.nanoTime();
        String[] other = balancer.ask("/login", "laudable-at=" + first[1]);
        while (!other[0].equals("200") && System.nanoTime() - since < 10_000_000_000L) {
            other = balancer.ask("/login", "laudable-at=" + first[1]);
        }
        System.out.printf(Locale.ROOT, "The same browser: %s of %s; after %s was killed, %.1f s later: %s of %s%n", again[0], again[1].isEmpty() ? first[1] : again[1],
                first[1], (System.nanoTime() - since) / 1e9, other[0], other[1]);
        String[] hidden = balancer.ask("/q/metrics", "");
        String[] health = balancer.ask("/q/health/ready", "");
        System.out.println("Metrics and health through the balancer: " + hidden[0] + ", " + health[0]);
        return first[0].equals("200") && other[0].equals("200") && !other[1].equals(first[1]) && hidden[0].equals("404") && health[0].equals("404");
    }

    private void stop() {
        running.values().forEach(Container::close);
        running.clear();
        Container.removeBridge();
    }

    @Override
    public void close() throws IOException {
        stop();
        System.out.println("Logs are in target/server-logs");
        for (String log : List.of("build", "web-1", "balancer", "postgres", "keycloak", "kafka", "worker-1", "stream-1")) {
            Path file = folder.resolve(log + ".log");
            if (Files.exists(file)) {
                Files.copy(file, Files.createDirectories(Path.of("target", "server-logs")).resolve("compose-" + log + ".log"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        DataFolder.deleteTree(folder);
    }
}
