package org.laudable.dataset.ui;

import com.vaadin.flow.component.html.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** A moment, told relative to now; the exact one on hover. */
public final class When extends Span {
    public When(Instant moment) {
        addClassName("when");
        Duration since = Duration.between(moment, Instant.now());
        setText(since.toMinutes() < 1 ? getTranslation("dataset.when.now")
                : since.toHours() < 1 ? getTranslation("dataset.when.minutes", since.toMinutes())
                : since.toDays() < 1 ? getTranslation("dataset.when.hours", since.toHours())
                : since.toDays() < 30 ? getTranslation("dataset.when.days", since.toDays()) : exact(FormatStyle.MEDIUM, moment));
        setTitle(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(getLocale())
                .withZone(ZoneId.systemDefault()).format(moment));
    }

    private String exact(FormatStyle style, Instant moment) {
        return DateTimeFormatter.ofLocalizedDate(style).withLocale(getLocale()).withZone(ZoneId.systemDefault()).format(moment);
    }
}
