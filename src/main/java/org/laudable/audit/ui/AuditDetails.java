package org.laudable.audit.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** An event's details as lines to read: {@code name: value}, a change as {@code name: before → after}. */
final class AuditDetails {
    private AuditDetails() {}

    static List<String> lines(ObjectMapper json, String details) {
        JsonNode node;
        try {
            node = json.readTree(details);
        } catch (JsonProcessingException e) {
            return List.of(details);
        }
        return node.properties().stream().map(field -> field.getKey() + ": " + value(field.getValue())).toList();
    }

    private static String value(JsonNode value) {
        if (value.isObject() && value.size() == 2 && value.has("before") && value.has("after")) {
            return plain(value.get("before")) + " → " + plain(value.get("after"));
        }
        return plain(value);
    }

    private static String plain(JsonNode value) {
        return value.isNull() ? "–" : value.isValueNode() ? value.asText() : value.toString();
    }
}
