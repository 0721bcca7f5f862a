package org.laudable.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks an answer against the schema that was asked for, whatever the provider promised. An array's element that breaks
 * it is left out and the rest stays: one bad item must not cost its nine neighbours. Anything else that breaks it makes
 * the whole answer invalid. Properties nobody asked for are ignored.
 */
final class SchemaCheck {
    private final List<JsonNode> dropped = new ArrayList<>();

    /** The valid part, or empty. */
    Optional<JsonNode> valid(JsonNode answer, JsonSchemaElement schema) {
        return Optional.ofNullable(check(answer, schema));
    }

    List<JsonNode> dropped() {
        return List.copyOf(dropped);
    }

    /** Null: invalid. */
    private JsonNode check(JsonNode node, JsonSchemaElement schema) {
        return switch (schema) {
            case JsonObjectSchema object -> object(node, object);
            case JsonArraySchema array -> array(node, array);
            case JsonEnumSchema values -> node.isTextual() && values.enumValues().contains(node.textValue()) ? node : null;
            case JsonStringSchema text -> node.isTextual() ? node : null;
            case JsonIntegerSchema integer -> node.isIntegralNumber() && node.canConvertToLong() ? node : null;
            case JsonNumberSchema number -> node.isNumber() && Double.isFinite(node.doubleValue()) ? node : null;
            case JsonBooleanSchema flag -> node.isBoolean() ? node : null;
            default -> throw new IllegalArgumentException("A schema of kind " + schema.getClass().getSimpleName() + " is not in use");
        };
    }

    private JsonNode object(JsonNode node, JsonObjectSchema schema) {
        if (!node.isObject()) {
            return null;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonSchemaElement> property : schema.properties().entrySet()) {
            JsonNode value = node.get(property.getKey());
            if (value == null || value.isNull()) {
                if (schema.required().contains(property.getKey())) {
                    return null;
                }
                continue;
            }
            JsonNode checked = check(value, property.getValue());
            if (checked == null) {
                return null;
            }
            kept.set(property.getKey(), checked);
        }
        return kept;
    }

    private JsonNode array(JsonNode node, JsonArraySchema schema) {
        if (!node.isArray()) {
            return null;
        }
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : node) {
            JsonNode checked = check(element, schema.items());
            if (checked == null) {
                dropped.add(element);
            } else {
                kept.add(checked);
            }
        }
        return kept;
    }
}
