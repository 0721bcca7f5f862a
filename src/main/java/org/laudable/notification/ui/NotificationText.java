package org.laudable.notification.ui;

import com.vaadin.flow.component.Component;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.laudable.loop.ui.Figures;
import org.laudable.notification.Notification;

/** The sentence a notification is in the reader's language: the kind's text with its arguments in their places. */
final class NotificationText {
    private static final Pattern NAMED = Pattern.compile("\\{(\\p{Alpha}\\w*)}");

    private final Component page;

    NotificationText(Component page) {
        this.page = page;
    }

    String of(Notification notification) {
        Figures figures = new Figures(page, page.getUI().map(ui -> ui.getLocale()).orElseThrow());
        Matcher names = NAMED.matcher(page.getTranslation("notification." + notification.kind().name()));
        return names.replaceAll(name -> Matcher.quoteReplacement(value(name.group(1), notification.args(), figures)));
    }

    private static String value(String name, Map<String, String> args, Figures figures) {
        String value = args.getOrDefault(name, "?");
        boolean money = name.endsWith("Micros") && value.matches("-?\\d{1,18}") && args.containsKey("currency");
        return money ? figures.money(Long.parseLong(value), args.get("currency")) : value;
    }
}
