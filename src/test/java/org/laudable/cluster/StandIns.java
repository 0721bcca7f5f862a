package org.laudable.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The programs of images that are not ours, from their Maven artefacts or the distribution: what their images do with the
 * variables at the first start is done here by hand, the command is the compose file's.
 */
final class StandIns {
    private StandIns() {}

    static void plan(Container container, ComposeFile.Service service, Path folder, Map<String, Path> volumes) throws IOException {
        switch (service.name()) {
            case "postgres" -> postgres(container, service, folder, volumes);
            case "kafka" -> kafka(container, service, folder, volumes);
            case "keycloak" -> keycloak(container, service);
            case "balancer" -> container.plan("10003:10003", true, volumes, service.environment(), "/", service.command(), List.of("curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/login"));
            default -> throw new IllegalStateException("Nothing stands in for " + service.name());
        }
    }

    private static void postgres(Container container, ComposeFile.Service service, Path folder, Map<String, Path> volumes) throws IOException {
        Path unpacked = Path.of("target", "cluster-postgres").toAbsolutePath();
        EmbeddedPostgres.builder().setOverrideWorkingDirectory(unpacked.toFile()).start().close();
        Path home;
        try (Stream<Path> found = Files.list(unpacked)) {
            home = found.filter(path -> Files.exists(path.resolve("bin/postgres"))).findFirst().orElseThrow();
        }
        Map<String, Path> mounts = new LinkedHashMap<>(volumes);
        mounts.put("/opt/postgres", home);
        String user = service.environment().get("POSTGRES_USER");
        String script = """
                set -e
                umask 077
                PATH=/opt/postgres/bin:$PATH
                data=/var/lib/postgresql/data
                if [ ! -e $data/PG_VERSION ]; then
                  echo "$POSTGRES_PASSWORD" > /tmp/password
                  initdb -D $data -U %1$s --pwfile=/tmp/password --auth=scram-sha-256 --locale=C --encoding=UTF8
                  echo 'host all all 0.0.0.0/0 scram-sha-256' >> $data/pg_hba.conf
                  echo "create database $POSTGRES_DB;" | postgres --single -D $data postgres
                  sed '/^--/d' /docker-entrypoint-initdb.d/keycloak.sql | postgres --single -D $data postgres
                fi
                exec "$@" -D $data -c listen_addresses='*' -c unix_socket_directories=/tmp
                """.formatted(user);
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "postgres"));
        command.addAll(service.command());
        // pg_isready is not among the embedded binaries: an open port stands for it
        container.plan("65534:65534", false, mounts, service.environment(), "/", command, List.of("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5432"));
    }

    /** The image writes each variable KAFKA_A_B as a.b into the server's properties and formats the folder under the cluster's id. */
    private static void kafka(Container container, ComposeFile.Service service, Path folder, Map<String, Path> volumes) throws IOException {
        Properties properties = new Properties();
        service.environment().forEach((key, value) -> {
            if (key.startsWith("KAFKA_")) {
                properties.setProperty(key.substring(6).toLowerCase().replace('_', '.'), value);
            }
        });
        Path settings = Files.createDirectories(folder.resolve("kafka-settings"));
        try (var out = Files.newBufferedWriter(settings.resolve("server.properties"))) {
            properties.store(out, null);
        }
        String file = "/etc/laudable-kafka/server.properties";
        Map<String, Path> mounts = new LinkedHashMap<>(volumes);
        mounts.put("/etc/laudable-kafka", settings);
        String java = "java -Xmx400m -cp '" + System.getProperty("java.class.path") + "' ";
        container.plan("0:0", false, mounts, Map.of(), "/", List.of("bash", "-c", java + "kafka.tools.StorageTool format --ignore-formatted -t "
                + service.environment().get("CLUSTER_ID") + " -c " + file + " && exec " + java + "kafka.Kafka " + file), service.healthCheck().orElseThrow());
    }

    private static void keycloak(Container container, ComposeFile.Service service) throws IOException {
        Path home;
        try (Stream<Path> found = Files.list(Path.of("target", "keycloak").toAbsolutePath())) {
            home = found.filter(path -> Files.exists(path.resolve("bin/kc.sh"))).findFirst().orElseThrow();
        }
        Path realm = Files.createDirectories(home.resolve("data/import")).resolve("laudable-realm.json");
        Files.copy(ComposeFile.FOLDER.resolve("keycloak/laudable-realm.json"), realm, StandardCopyOption.REPLACE_EXISTING);
        Map<String, String> environment = new HashMap<>(service.environment());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS", "-Xms64m -Xmx512m");
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString()));
        command.addAll(service.command());
        container.plan("0:0", false, Map.of(), environment, home.toString(), command, service.healthCheck().orElseThrow());
    }
}
