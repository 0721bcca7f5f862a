package org.laudable.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Bodies for a schema of the description: mostly of its shape, with odd values, and now and then not even JSON. */
final class OddBodies {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of("", " ", "a", "fruit", "tool", "x".repeat(121), "y".repeat(2_001), "z".repeat(200_001),
            "\u0000", "\ud800", "\u202e\u0007", "<script>alert(1)</script>", "'; drop table account; --", "../../etc/passwd", "=1+1", "🦔", "null",
            "EUR", "eur", "UTC", "Europe/Nowhere", "http://169.254.169.254/", "file:///etc/passwd", "jsonl", "csv", "prior", "influence",
            "2030-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "yesterday", "{{7*7}}", "%s%n", "\\", "\"");
    private static final List<String> NUMBERS = List.of("0", "1", "-1", "2", "17", "0.5", "1.5", "-0.0", "1e3", "1e999", "-1e999", "1e-400", "2147483647",
            "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890");
    private static final List<String> NO_BODIES = List.of("", "{", "[]", "null", "7", "\"text\"", "{}", "{\"a\":1}", "{\"name\":", "not json", "{}{}",
            "[".repeat(5_000), "{\"a\":".repeat(2_000), "\u0000\u0001\u0002", "{\"id\":1,\"id\":2}", "\ufeff{}", "{'a':1}", "NaN");

    private final JsonNode description;
    private final Random random;
    private final List<Long> ids;

    /** @param ids of things that are there, so that some references hit */
    OddBodies(JsonNode description, long seed, List<Long> ids) {
        this.description = description;
        this.random = new Random(seed);
        this.ids = ids;
    }

    String next(JsonNode schema) {
        return random.nextInt(12) == 0 ? pick(NO_BODIES) : value(schema, 0).toString();
    }

    private JsonNode value(JsonNode asked, int depth) {
        JsonNode schema = asked.has("$ref") ? description.at(asked.path("$ref").asText().substring(1)) : asked;
        if (random.nextInt(25) == 0 || depth > 6) {
            return anything();
        }
        if (schema.has("enum")) {
            return random.nextInt(6) == 0 ? anything() : schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> {
                ArrayNode array = NODES.arrayNode();
                int size = random.nextInt(20) == 0 ? 600 : random.nextInt(60) < 5 ? 60 : random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    array.add(value(schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "integer" -> random.nextInt(3) == 0 ? NODES.numberNode(ids.get(random.nextInt(ids.size())))
                    : random.nextBoolean() ? NODES.numberNode(random.nextInt(300)) : number();
            case "number" -> random.nextBoolean() ? NODES.numberNode(random.nextDouble()) : number();
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> schema.path("format").asText().equals("date-time") && random.nextInt(4) > 0
                    ? NODES.textNode("2030-01-%02dT%02d:%02d:00Z".formatted(1 + random.nextInt(28), random.nextInt(24), random.nextInt(60)))
                    : NODES.textNode(random.nextInt(4) == 0 ? "odd " + random.nextInt(1_000_000) : pick(TEXTS));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties").properties().forEach(field -> {
            if (random.nextInt(10) > 0) {
                object.set(field.getKey(), value(field.getValue(), depth + 1));
            }
        });
        if (random.nextInt(15) == 0) {
            object.put(pick(List.of("id", "version", "admin", "accountId", "state", "__proto__", "capMicro", "@class")), 1);
        }
        return object;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText("string");
    }

    private JsonNode anything() {
        return switch (random.nextInt(6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.arrayNode().add(1).addNull();
            case 2 -> NODES.objectNode().put("a", "b");
            case 3 -> NODES.textNode(pick(TEXTS));
            case 4 -> NODES.booleanNode(true);
            default -> number();
        };
    }

    private JsonNode number() {
        return NODES.rawValueNode(new com.fasterxml.jackson.databind.util.RawValue(pick(NUMBERS)));
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
