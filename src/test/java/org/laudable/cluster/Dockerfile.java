package org.laudable.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The instructions of {@code docker/Dockerfile}, each on one line. */
public record Dockerfile(List<Instruction> instructions) {
    public record Instruction(String name, String rest) {}

    public static Dockerfile read() throws IOException {
        List<Instruction> found = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : Files.readAllLines(ComposeFile.FOLDER.resolve("Dockerfile"))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            open.append(line.endsWith("\\") ? line.substring(0, line.length() - 1) : line);
            if (!line.endsWith("\\")) {
                String[] parts = open.toString().strip().split("\\s+", 2);
                found.add(new Instruction(parts[0], parts[1]));
                open.setLength(0);
            }
        }
        return new Dockerfile(found);
    }

    public List<String> all(String name) {
        return instructions.stream().filter(one -> one.name().equals(name)).map(Instruction::rest).toList();
    }

    /** Files of the repository that are copied in. */
    public List<String> sources() {
        return all("COPY").stream().filter(rest -> !rest.startsWith("--from"))
                .flatMap(rest -> Arrays.stream(rest.split("\\s+")).limit(rest.split("\\s+").length - 1L)).toList();
    }

    public List<String> entrypoint() {
        return json(all("ENTRYPOINT").getLast());
    }

    public List<String> healthCheck() {
        String rest = all("HEALTHCHECK").getLast();
        return json(rest.substring(rest.indexOf("CMD") + 3).strip());
    }

    /** Of the last stage. */
    public Map<String, String> environment() {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : all("ENV").getLast().split("\\s+")) {
            found.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return found;
    }

    /** The line that unpacks the native libraries. */
    public String natives() {
        return all("RUN").stream().filter(line -> line.contains("quarkus-run.jar natives")).findFirst().orElseThrow();
    }

    public String user() {
        return all("USER").getLast();
    }

    private static List<String> json(String array) {
        try {
            return Arrays.asList(new ObjectMapper().readValue(array, String[].class));
        } catch (IOException e) {
            throw new IllegalStateException(array, e);
        }
    }
}
