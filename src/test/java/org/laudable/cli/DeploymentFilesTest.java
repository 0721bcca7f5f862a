package org.laudable.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.laudable.cluster.ComposeFile;
import org.laudable.cluster.Dockerfile;

/** What the files of {@code docker/} name is there: a file, a command, an option, a variable, a service. */
class DeploymentFilesTest {
    private static final Path DOCKER = Path.of("docker");
    private static final Map<String, String> SECRETS = Map.of("LAUDABLE_DB_PASSWORD", "database", "LAUDABLE_OIDC_SECRET", "x".repeat(32),
            "KEYCLOAK_ADMIN_PASSWORD", "keycloak");

    @Test
    void the_image_is_made_of_files_that_are_there_and_are_sent_to_the_build() throws IOException {
        List<String> sent = Files.readAllLines(Path.of(".dockerignore"));
        for (String source : Dockerfile.read().sources()) {
            assertTrue(Files.exists(Path.of(source)), source + " is not in the repository");
            assertTrue(sent.contains("!" + source), ".dockerignore holds " + source + " back");
        }
    }

    @Test
    void the_image_runs_as_nobody_special_and_checks_its_health() throws IOException {
        Dockerfile image = Dockerfile.read();

        assertEquals("10001:10001", image.user());
        assertEquals("http://127.0.0.1:8080/q/health/ready", image.healthCheck().getLast());
        assertTrue(Main.commandLine().parseArgs("natives", "--to", "x").hasSubcommand());
        assertTrue(image.natives().contains("--to " + image.environment().get("DJL_CACHE_DIR")));
        assertTrue(image.entrypoint().contains("-Donnxruntime.native.path=" + image.environment().get("DJL_CACHE_DIR") + "/onnxruntime"));
        assertTrue(image.entrypoint().contains("-Djava.library.path=" + image.environment().get("DJL_CACHE_DIR") + "/rocksdb"));
        String launcher = Files.readString(Path.of("laudable"));
        image.entrypoint().stream().filter(option -> option.startsWith("-Dai.djl") || option.startsWith("--")).forEach(option ->
                assertTrue(launcher.contains(option), option + " is not what the launcher passes"));
    }

    @Test
    void every_command_is_one_that_laudable_takes() throws IOException {
        Set<String> roles = new TreeSet<>();
        for (ComposeFile.Service service : laudables()) {
            Main.commandLine().parseArgs(service.command().toArray(String[]::new));
            roles.add(service.command().getFirst() + " " + service.name());
            assertTrue(service.isReadOnly() && service.volumes().equals(List.of("data:/data")), service.name() + " writes elsewhere than to the shared folder");
        }
        assertEquals(Set.of("stream stream-1", "web web-1", "web web-2", "worker worker-1", "worker worker-2"), roles);
    }

    @Test
    void every_variable_is_one_that_the_readme_explains() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (ComposeFile.Service service : laudables()) {
            service.environment().keySet().forEach(name -> assertTrue(readme.contains("`" + name + "`"), name + " is not in the README"));
        }
    }

    @Test
    void what_must_be_filled_in_is_in_the_example_and_nothing_else() throws IOException {
        Set<String> example = Files.readAllLines(DOCKER.resolve("example.env")).stream().filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('='))).collect(Collectors.toSet());

        assertEquals(new TreeSet<>(ComposeFile.variables().keySet()), new TreeSet<>(example));
        assertThrows(IllegalStateException.class, () -> ComposeFile.read(Map.of()), "it starts without secrets");
    }

    @Test
    void services_name_only_services_volumes_and_files_that_are_there() throws IOException {
        ComposeFile compose = ComposeFile.read(SECRETS);
        Set<String> names = compose.services().stream().map(ComposeFile.Service::name).collect(Collectors.toSet());
        for (ComposeFile.Service service : compose.services()) {
            assertTrue(names.containsAll(service.dependsOn().keySet()), service.name() + " waits for nobody");
            for (String volume : service.volumes()) {
                String what = volume.split(":")[0];
                assertTrue(what.startsWith("./") ? Files.exists(DOCKER.resolve(what)) : compose.volumes().contains(what), what + " is not there");
            }
            Matcher host = Pattern.compile("//([a-z][a-z0-9-]*):\\d+").matcher(service.environment() + " " + service.command());
            while (host.find()) {
                assertTrue(names.contains(host.group(1)) || host.group(1).equals("localhost"), service.name() + " looks for " + host.group(1));
            }
            assertTrue(service.isLaudable() || service.name().equals("balancer") || service.healthCheck().isPresent(), service.name() + " has no health check");
        }
    }

    @Test
    void the_balancer_knows_exactly_the_web_processes() throws IOException {
        Matcher server = Pattern.compile("(?m)^\\s+server (\\S+) (\\S+):8080 cookie (\\S+)").matcher(Files.readString(DOCKER.resolve("haproxy.cfg")));
        Set<String> known = new TreeSet<>();
        while (server.find()) {
            assertEquals(server.group(1), server.group(2));
            assertEquals(server.group(1), server.group(3));
            known.add(server.group(1));
        }
        ComposeFile.Service balancer = ComposeFile.read(SECRETS).services().stream().filter(one -> one.name().equals("balancer")).findFirst().orElseThrow();

        assertEquals(laudables().stream().filter(one -> one.command().getFirst().equals("web")).map(ComposeFile.Service::name).collect(Collectors.toSet()), known);
        assertEquals(known, balancer.extraHosts().stream().map(one -> one.split(":")[0]).collect(Collectors.toSet()));
    }

    private static List<ComposeFile.Service> laudables() throws IOException {
        return ComposeFile.read(SECRETS).services().stream().filter(ComposeFile.Service::isLaudable).toList();
    }
}
