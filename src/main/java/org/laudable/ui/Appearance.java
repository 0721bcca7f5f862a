package org.laudable.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.ColorScheme;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import org.laudable.security.Preferences;
import org.laudable.security.ProfileService;

/** The person's language and theme; for those who are not signed in, the browser's. */
@ApplicationScoped
public class Appearance {
    private final ProfileService profiles;

    Appearance(ProfileService profiles) {
        this.profiles = profiles;
    }

    /** Applies language and theme to an open page. */
    public void apply(UI page) {
        Optional<Preferences> preferences = profiles.preferences();
        Locale locale = preferences.map(Preferences::language).map(Locale::of).orElseGet(page::getLocale);
        page.setLocale(Translations.supported(locale));
        preferences.ifPresent(mine -> page.getPage().setColorScheme(scheme(mine.theme())));
    }

    Optional<Preferences> preferences() {
        return profiles.preferences();
    }

    private static ColorScheme.Value scheme(String theme) {
        return switch (theme) {
            case "light" -> ColorScheme.Value.LIGHT;
            case "dark" -> ColorScheme.Value.DARK;
            default -> ColorScheme.Value.LIGHT_DARK;
        };
    }
}
