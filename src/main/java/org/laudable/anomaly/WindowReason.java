package org.laudable.anomaly;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.laudable.engine.series.Explanation;

/**
 * Why a window is asked, in words, in the language of whoever started the run. Windows drawn at random get their reasons
 * from the same figures, so nobody can tell them from others.
 */
final class WindowReason {
    private static final double LOUD = .6;
    private static final double CALM = .3;
    private static final double UNDECIDED = .35;

    private final ResourceBundle texts;
    private final Locale locale;

    private WindowReason(ResourceBundle texts, Locale locale) {
        this.texts = texts;
        this.locale = locale;
    }

    static WindowReason in(String language) {
        Locale locale = Locale.of(language);
        return new WindowReason(ResourceBundle.getBundle("i18n.anomaly", locale, WindowReason.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)), locale);
    }

    /** @param place in judged points */
    String of(SeriesSession session, Place place, double probability, double threshold) {
        Explanation why = Explanation.of(session.signals(), session.scores().agent(), place.from(), place.to());
        if (session.model().learned() && probability > threshold * UNDECIDED && probability < 1 - (1 - threshold) * UNDECIDED) {
            return text("anomaly.reason.undecided", Math.round(100 * probability));
        }
        if (why.vae() > LOUD && why.potential() < CALM) {
            return text("anomaly.reason.vae");
        }
        if (why.potential() > LOUD && why.vae() < CALM) {
            return text("anomaly.reason.potential");
        }
        if (why.novelty() > LOUD && why.vae() < LOUD) {
            return text("anomaly.reason.novelty");
        }
        if (Math.max(why.vae(), why.potential()) > LOUD) {
            return text(session.model().learned() ? "anomaly.reason.sure" : "anomaly.reason.both");
        }
        return text("anomaly.reason.calm");
    }

    private String text(String key, Object... arguments) {
        return new MessageFormat(texts.getString(key).replace("'", "''"), locale).format(arguments);
    }
}
