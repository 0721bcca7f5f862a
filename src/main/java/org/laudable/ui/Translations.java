package org.laudable.ui;

import com.vaadin.flow.i18n.I18NProvider;
import com.vaadin.quarkus.annotation.VaadinServiceEnabled;
import com.vaadin.quarkus.annotation.VaadinServiceScoped;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.util.ClassPathUtils;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The pages' texts: all {@code i18n/<feature>.properties} (English) and {@code i18n/<feature>_de.properties} (German)
 * merged, in UTF-8. Arguments are {@code {0}}, {@code {1}} and so on; an apostrophe is just an apostrophe.
 */
@Unremovable
@VaadinServiceEnabled
@VaadinServiceScoped
public class Translations implements I18NProvider {
    private static final Logger LOG = Logger.getLogger(Translations.class);
    private static final long serialVersionUID = 1L;

    /** The languages there are; the first is used for all others. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final Map<String, Map<String, String>> texts = new HashMap<>();

    Translations() {
        LANGUAGES.forEach(language -> texts.put(language.getLanguage(), new HashMap<>()));
        try {
            ClassPathUtils.consumeAsPaths(Translations.class.getClassLoader(), "i18n", this::readFolder);
        } catch (IOException e) {
            throw new UncheckedIOException("The texts of the pages cannot be read", e);
        }
    }

    @Override
    public List<Locale> getProvidedLocales() {
        return LANGUAGES;
    }

    @Override
    public String getTranslation(String key, Locale locale, Object... params) {
        Locale language = supported(locale);
        String text = texts.get(language.getLanguage()).getOrDefault(key, texts.get("en").get(key));
        if (text == null) {
            LOG.warnf("No text for %s", key);
            return key;
        }
        return params.length == 0 ? text : new MessageFormat(text.replace("'", "''"), language).format(params);
    }

    /** The language to speak to someone who asked for this locale. */
    public static Locale supported(Locale asked) {
        return LANGUAGES.stream().filter(language -> asked != null && language.getLanguage().equals(asked.getLanguage()))
                .findFirst().orElse(LANGUAGES.getFirst());
    }

    private void readFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".properties")).forEach(this::readFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String language = file.getFileName().toString().endsWith("_de.properties") ? "de" : "en";
        properties.forEach((key, text) -> texts.get(language).put((String) key, (String) text));
    }
}
