package org.laudable.cluster;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker/compose.yaml} says, with its variables filled in. */
public final class ComposeFile {
    static final Path FOLDER = Path.of("docker");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([-?])([^}]*))?}");

    private final Map<String, Object> content;

    private ComposeFile(Map<String, Object> content) {
        this.content = content;
    }

    /** @throws IllegalStateException if a variable without which it does not start is not among them */
    public static ComposeFile read(Map<String, String> variables) throws IOException {
        try (Reader in = Files.newBufferedReader(FOLDER.resolve("compose.yaml"))) {
            Map<String, Object> raw = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return new ComposeFile(map(filled(raw, variables)));
        }
    }

    /** Names of all variables in the text, and of those without which it does not start. */
    public static Map<String, Boolean> variables() throws IOException {
        Map<String, Boolean> found = new LinkedHashMap<>();
        Matcher matcher = VARIABLE.matcher(Files.readString(FOLDER.resolve("compose.yaml")));
        while (matcher.find()) {
            found.merge(matcher.group(1), "?".equals(matcher.group(2)), Boolean::logicalOr);
        }
        return found;
    }

    /** In the order of the file. */
    public List<Service> services() {
        return map(content.get("services")).entrySet().stream().map(one -> new Service(one.getKey(), map(one.getValue()))).toList();
    }

    public List<String> volumes() {
        return List.copyOf(map(content.get("volumes")).keySet());
    }

    /** The network's addresses without the last number: {@code 10.89.7.} */
    String network() {
        Object subnet = map(list(map(map(map(content.get("networks")).get("default")).get("ipam")).get("config")).getFirst()).get("subnet");
        return subnet.toString().replaceFirst("\\d+/24$", "");
    }

    public record Service(String name, Map<String, Object> content) {
        public boolean isLaudable() {
            return content.get("image").toString().startsWith("laudable:");
        }

        public List<String> command() {
            return strings(content.get("command"));
        }

        public Map<String, String> environment() {
            Map<String, String> found = new LinkedHashMap<>();
            map(content.getOrDefault("environment", Map.of())).forEach((key, value) -> found.put(key, value.toString()));
            return found;
        }

        /** {@code what:where} or {@code what:where:ro}. */
        public List<String> volumes() {
            return strings(content.getOrDefault("volumes", List.of()));
        }

        /** The command after CMD; empty: the image's. */
        public Optional<List<String>> healthCheck() {
            return Optional.ofNullable(content.get("healthcheck")).map(check -> strings(map(check).get("test"))).map(test -> test.subList(1, test.size()));
        }

        /** Service by what it must be: 'service_healthy', or 'service_started'. */
        public Map<String, String> dependsOn() {
            Map<String, String> found = new LinkedHashMap<>();
            Object given = content.getOrDefault("depends_on", List.of());
            if (given instanceof List<?> names) {
                names.forEach(name -> found.put(name.toString(), "service_started"));
            } else {
                map(given).forEach((name, how) -> found.put(name, map(how).get("condition").toString()));
            }
            return found;
        }

        Optional<String> address() {
            return Optional.ofNullable(content.get("networks")).map(networks -> map(map(networks).get("default")).get("ipv4_address").toString());
        }

        public boolean isReadOnly() {
            return Boolean.TRUE.equals(content.get("read_only"));
        }

        public List<String> extraHosts() {
            return strings(content.getOrDefault("extra_hosts", List.of()));
        }
    }

    private static Object filled(Object value, Map<String, String> variables) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> found = new LinkedHashMap<>();
                map.forEach((key, one) -> found.put(key.toString(), filled(one, variables)));
                yield found;
            }
            case List<?> list -> {
                List<Object> found = new ArrayList<>();
                list.forEach(one -> found.add(filled(one, variables)));
                yield found;
            }
            case String text -> VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2), found.group(3), variables)));
            case null -> Map.of();
            default -> value;
        };
    }

    private static String value(String name, String how, String otherwise, Map<String, String> variables) {
        String given = variables.getOrDefault(name, "");
        if (given.isEmpty() && "?".equals(how)) {
            throw new IllegalStateException(name + ": " + otherwise);
        }
        return given.isEmpty() && "-".equals(how) ? otherwise : given;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }

    private static List<String> strings(Object value) {
        return value == null ? List.of() : list(value).stream().map(Object::toString).toList();
    }
}
