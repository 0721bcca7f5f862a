package org.laudable.dataset.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The classes of columns that hold numbers for them, from the notes that Hugging Face's datasets put into a file. */
final class ClassNames {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<String>> byColumn = new HashMap<>();

    private ClassNames() {}

    static ClassNames of(Map<String, String> notes) {
        ClassNames names = new ClassNames();
        try {
            JsonNode features = JSON.readTree(notes.getOrDefault("huggingface", "{}")).path("info").path("features");
            features.properties().forEach(feature -> names.add(feature.getKey(), feature.getValue()));
        } catch (JsonProcessingException e) {
            return new ClassNames(); // the numbers stay numbers
        }
        return names;
    }

    private void add(String column, JsonNode feature) {
        JsonNode inner = feature.isArray() && feature.size() == 1 ? feature.get(0) : feature.has("feature") ? feature.get("feature") : feature;
        if (inner.path("names").isArray()) {
            List<String> names = new ArrayList<>();
            inner.get("names").forEach(name -> names.add(name.asText()));
            byColumn.put(column, names);
        }
    }

    /** The value with names for numbers; −1 stands for no class. */
    JsonNode named(String column, JsonNode value) {
        List<String> names = byColumn.get(column);
        if (names == null) {
            return value;
        }
        if (value.isArray()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            value.forEach(one -> all.add(name(names, one)));
            return all;
        }
        return name(names, value);
    }

    private static JsonNode name(List<String> names, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() >= names.size() || value.intValue() < -1) {
            return value;
        }
        return value.intValue() == -1 ? JsonNodeFactory.instance.nullNode() : JsonNodeFactory.instance.textNode(names.get(value.intValue()));
    }
}
