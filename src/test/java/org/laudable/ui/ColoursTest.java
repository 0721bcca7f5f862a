package org.laudable.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tokens' contrast, light and dark (WCAG 2.2 AA: 4.5 : 1 for text). */
class ColoursTest {
    private static final Pattern TOKEN = Pattern.compile("(--[a-z0-9-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)");

    private final Map<String, String[]> colours = read();

    @Test
    void origin_colours_can_be_read_on_every_surface() {
        List<String> origins = colours.keySet().stream().filter(name -> name.startsWith("--origin-")).toList();

        assertEquals(6, origins.size());
        origins.forEach(origin -> List.of("--color-page", "--color-surface", "--color-raised").forEach(surface -> assertReadable(origin, surface)));
    }

    @Test
    void text_can_be_read_where_it_stands() {
        for (String text : List.of("--color-text", "--color-text-2", "--color-text-3", "--color-accent", "--color-good", "--color-warn", "--color-bad")) {
            assertReadable(text, "--color-page");
            assertReadable(text, "--color-surface");
        }
        assertReadable("--color-good", "--color-good-soft");
        assertReadable("--color-warn", "--color-warn-soft");
        assertReadable("--color-bad", "--color-bad-soft");
        assertReadable("--color-accent", "--color-selected");
        assertReadable("--color-text-2", "--color-hover");
        assertReadable("--color-on-accent", "--color-accent");
    }

    private void assertReadable(String text, String surface) {
        for (int theme = 0; theme < 2; theme++) {
            double contrast = contrast(colours.get(text)[theme], colours.get(surface)[theme]);
            assertTrue(contrast >= 4.5, text + " on " + surface + (theme == 0 ? ", light: " : ", dark: ") + contrast);
        }
    }

    private static double contrast(String a, String b) {
        double first = luminance(a);
        double second = luminance(b);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String hex) {
        int rgb = Integer.parseInt(hex.substring(1), 16);
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static Map<String, String[]> read() {
        try {
            Map<String, String[]> found = new LinkedHashMap<>();
            Matcher matcher = TOKEN.matcher(Files.readString(Path.of("src/main/resources/META-INF/resources/styles/tokens.css")));
            while (matcher.find()) {
                found.put(matcher.group(1), new String[] {matcher.group(2), matcher.group(3)});
            }
            return found;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
