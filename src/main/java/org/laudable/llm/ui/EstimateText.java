package org.laudable.llm.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.laudable.llm.Estimate;

/** How an estimate reads, wherever something is about to be spent. */
public final class EstimateText {
    private EstimateText() {}

    /** 20 texts in 2 calls, about 3,100 tokens in and 400 out: about 0.012 €, at most 0.05 €. */
    public static String line(Component on, Estimate it) {
        return line(on, it, "llm.estimate");
    }

    /** The same in words of one's own: {0} things in {1} calls, {2} tokens in and {3} out, about {4}, at most {5}; a single call has {@code key.one}. */
    public static String line(Component on, Estimate it, String key) {
        Amounts amounts = new Amounts(locale());
        return on.getTranslation(it.calls() == 1 ? key + ".one" : key, amounts.count(it.items()), amounts.count(it.calls()), amounts.count(it.inputTokens()),
                amounts.count(it.outputTokens()), amounts.money(it.likelyMicros(), it.currency()), amounts.money(it.mostMicros(), it.currency()));
    }

    /** @param runCapMicros a cap that is not in force yet; null: none */
    public static String caps(Component on, Estimate it, Long runCapMicros) {
        Amounts amounts = new Amounts(locale());
        List<String> caps = new ArrayList<>();
        it.caps().forEach(cap -> caps.add(on.getTranslation("llm.estimate.cap." + cap.kind(), amounts.money(cap.leftMicros(), cap.currency()))));
        if (runCapMicros != null) {
            caps.add(on.getTranslation("llm.estimate.cap.RUN", amounts.money(runCapMicros, it.currency())));
        }
        return caps.isEmpty() ? on.getTranslation("llm.estimate.noCap") : on.getTranslation("llm.estimate.caps", String.join("; ", caps));
    }

    public static String basis(Component on, Estimate it) {
        return on.getTranslation(it.measured() ? "llm.estimate.measured" : "llm.estimate.guessed");
    }

    private static Locale locale() {
        return UI.getCurrent().getLocale();
    }
}
