package org.laudable.model;

import java.util.Locale;
import org.laudable.loop.Figure;

/** A model card as Markdown, for people who find the file without Laudable. */
final class CardText {
    private final StringBuilder out = new StringBuilder();

    private CardText() {}

    static String of(ModelCard card) {
        CardText text = new CardText();
        text.write(card);
        return text.out.toString();
    }

    private void write(ModelCard card) {
        line("# Model card: %s, version %s", plain(card.project()), card.version());
        line("%n%s, made %s by engine %s, seed %d.", card.kind().equals("TEXT") ? "Classifies texts" : "Finds anomalies in time series",
                card.madeAt(), card.engine(), card.seed());
        if (card.startedFrom() != null) {
            line("%nIts run began with another model: %s.", plain(card.startedFrom()));
        }
        ModelCard.Data data = card.data();
        line("%n## Data%n");
        line("- %,d %s, %,d labels%s", data.items(), card.kind().equals("TEXT") ? "texts in the pool" : "points", data.labels(),
                data.firstLabel() == null ? "" : ", given between %s and %s".formatted(data.firstLabel(), data.lastLabel()));
        if (data.heldBack() != null) {
            line("- %,d texts were held back for the audit sample and trained nothing", data.heldBack());
        }
        data.sources().forEach((who, count) -> line("- by %s: %,d", who.toLowerCase(Locale.ROOT), count));
        line("- SHA-256 of the labels' ids: `%s`", data.labelsSha256());
        if (data.newestItemId() != null) {
            line("- newest item id: %d", data.newestItemId());
        }
        line("%n## Measured%n");
        if (card.measures().isEmpty()) {
            line("Nothing has been measured yet.");
        }
        card.measures().forEach(measure -> line("- %s: %s. %s", measure.name(), figure(measure.figure(), measure.answers()), measure.basis()));
        if (!card.classes().isEmpty()) {
            line("%n| class | labels | audit answers | precision | recall | taken from |%n|---|--:|--:|--:|--:|--:|");
            card.classes().forEach(one -> line("| %s | %d | %d | %s | %s | %s |", plain(one.name()).replace("|", "\\|"), one.labels(), one.support(),
                    percent(one.precision()), percent(one.recall()), one.threshold() == null ? "" : one.threshold() > 1 ? "never" : percent(one.threshold())));
        }
        line("%n## Limits%n");
        card.limits().forEach(limit -> line("- %s", plain(limit)));
        line("%n## Parameters%n");
        card.parameters().forEach((name, value) -> line("- %s: `%s`", name, value));
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String figure(Figure figure, int answers) {
        return figure == null ? "not measured" : String.format(Locale.ROOT, "%.1f %% (95 %% interval %.1f–%.1f, %,d answers)",
                100 * figure.value(), 100 * figure.low(), 100 * figure.high(), answers);
    }

    private static String percent(Double share) {
        return share == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** One line, and nothing that Markdown readers take for HTML. */
    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").replace("<", "&lt;");
    }
}
