package org.laudable.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The message bundles: English and German say the same things. */
class TextsTest {
    private static final Path FOLDER = Path.of("src/main/resources/i18n");
    private static final Pattern JOB_KIND = Pattern.compile("String KIND = \"([a-z]+\\.[a-z.-]+)\";");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)");

    @Test
    void each_english_text_has_a_german_one_with_the_same_arguments() throws IOException {
        List<Path> bundles = bundles();

        assertFalse(bundles.isEmpty());
        for (Path english : bundles) {
            Path german = english.resolveSibling(english.getFileName().toString().replace(".properties", "_de.properties"));
            assertEquals(arguments(english), arguments(german), english.getFileName().toString());
        }
    }

    @Test
    void every_kind_of_job_has_a_name() throws IOException {
        TreeSet<String> kinds = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher matcher = JOB_KIND.matcher(Files.readString(source));
                while (matcher.find()) {
                    kinds.add("jobs.kind." + matcher.group(1));
                }
            }
        }

        assertFalse(kinds.isEmpty());
        assertEquals(List.of(), kinds.stream().filter(key -> new Translations().getTranslation(key, java.util.Locale.ENGLISH).equals(key)).toList());
    }

    @Test
    void an_apostrophe_is_just_an_apostrophe() {
        assertEquals("That did not work, and the cause is not yours. It is noted in the log under A1B2.",
                new Translations().getTranslation("ui.error.unexpected", java.util.Locale.ENGLISH, "A1B2"));
        assertEquals("noch etwa 5 min", new Translations().getTranslation("jobs.left", java.util.Locale.GERMANY, "5 min"));
    }

    @Test
    void a_language_that_is_not_there_falls_back_to_english() {
        assertEquals("Projects", new Translations().getTranslation("ui.projects", java.util.Locale.FRENCH));
    }

    private static List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".properties") && !file.toString().endsWith("_de.properties")).sorted().toList();
        }
    }

    private static TreeMap<String, TreeSet<String>> arguments(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        TreeMap<String, TreeSet<String>> found = new TreeMap<>();
        properties.forEach((key, text) -> {
            TreeSet<String> arguments = new TreeSet<>();
            Matcher matcher = ARGUMENT.matcher((String) text);
            while (matcher.find()) {
                arguments.add(matcher.group(1));
            }
            found.put((String) key, arguments);
        });
        return found;
    }
}
