package org.laudable.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes files that are nearly right out of files that are: the same ones again from the same seed. */
public final class Mutations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ODD_VALUES = List.of("null", "true", "0", "-1", "1e999", "123456789012345678901234567890", "0.1", "\"\"", "\" \"",
            "\"\\u0000\"", "\"\\ud800\"", "\"\\uffff\"", "\"=1+1\"", "\"<b>\"", "[]", "{}", "[[]]", "[null]", "[{}]", "{\"\": null}", "[[[[[[[[1]]]]]]]]",
            "{\"value\": {\"choices\": [null, 1, [2]]}}", "[\"a\", 1, null, {\"b\": []}]", "\"2024-02-30 25:61\"", "\"NaN\"");
    private static final List<String> ODD_BYTES = List.of("\"", "\\", "[", "]", "{", "}", ",", ":", "\n", "\r\n", "\0", "\uFEFF", "\t", ";", "'", "é", "🍏",
            "1e999", "-", "\u202e", "PAR1", "[[[[[[[[[[");

    private final Random random;

    public Mutations(long seed) {
        random = new Random(seed);
    }

    /** Bytes changed, put in, taken out or cut off, here and there. */
    public byte[] bytes(byte[] file) {
        byte[] changed = file.clone();
        for (int n = 1 + random.nextInt(4); n > 0 && changed.length > 0; n--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed = spliced(changed, at, ODD_BYTES.get(random.nextInt(ODD_BYTES.size())).getBytes(StandardCharsets.UTF_8), 0);
                case 2 -> changed = spliced(changed, at, new byte[0], Math.min(changed.length - at, 1 + random.nextInt(40)));
                case 3 -> changed = spliced(changed, at, Arrays.copyOfRange(changed, at, Math.min(changed.length, at + random.nextInt(60))), 0);
                default -> changed = random.nextInt(4) == 0 ? Arrays.copyOf(changed, at) : changed;
            }
        }
        return changed;
    }

    /** Valid JSON still, with values that nobody expects in the place of others; a list, or lines of objects. */
    public byte[] values(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        try {
            if (text.stripLeading().startsWith("[")) {
                return changed(JSON.readTree(text)).getBytes(StandardCharsets.UTF_8);
            }
            StringBuilder lines = new StringBuilder();
            for (String line : text.split("\n")) {
                lines.append(changed(JSON.readTree(line))).append('\n');
            }
            return lines.toString().getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String changed(JsonNode root) throws JsonProcessingException {
        List<ContainerNode<?>> places = new ArrayList<>();
        collect(root, places);
        for (int n = 1 + random.nextInt(5); n > 0 && !places.isEmpty(); n--) {
            JsonNode odd = JSON.readTree(ODD_VALUES.get(random.nextInt(ODD_VALUES.size())));
            switch (places.get(random.nextInt(places.size()))) {
                case ObjectNode object when !object.isEmpty() -> {
                    List<String> names = new ArrayList<>();
                    object.fieldNames().forEachRemaining(names::add);
                    String name = names.get(random.nextInt(names.size()));
                    if (random.nextInt(6) == 0) {
                        object.remove(name);
                    } else {
                        object.set(name, odd);
                    }
                }
                case ArrayNode array when !array.isEmpty() -> array.set(random.nextInt(array.size()), odd);
                default -> { }
            }
        }
        return root.toString();
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> into) {
        if (node instanceof ContainerNode<?> container) {
            into.add(container);
            container.forEach(inner -> collect(inner, into));
        }
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] in, int out) {
        byte[] result = new byte[bytes.length + in.length - out];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(in, 0, result, at, in.length);
        System.arraycopy(bytes, at + out, result, at + in.length, bytes.length - at - out);
        return result;
    }
}
