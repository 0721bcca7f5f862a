package org.laudable.llm.ui;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import org.laudable.llm.ProviderTrial.Result;

/** What a test call came to: the model's own words, how long it took, what it cost; or why there is no answer. */
final class TestResult extends Div {
    private final Amounts amounts;
    private final String currency;

    TestResult(Amounts amounts, String currency) {
        this.amounts = amounts;
        this.currency = currency;
        addClassName("test-result");
        getElement().setAttribute("role", "status");
        setVisible(false);
    }

    void running() {
        removeAll();
        setVisible(true);
        Span waiting = new Span(getTranslation("llm.testing"));
        waiting.addClassName("secondary");
        add(waiting);
    }

    void show(Result result) {
        removeAll();
        setVisible(true);
        switch (result) {
            case Result.Works works -> {
                Span line = new Span(getTranslation("llm.test.works", amounts.seconds(works.latencyMillis()),
                        amounts.money(works.costMicros(), currency)));
                line.addClassName("good");
                Code answer = new Code(works.answer());
                add(line, answer);
                if (works.logprobs()) {
                    add(new Span(getTranslation("llm.test.logprobs")));
                }
            }
            case Result.Fails fails -> {
                Span line = new Span(getTranslation("llm.outcome." + fails.reason()) + ". " + fails.sentence());
                line.addClassName("bad");
                add(line);
            }
        }
    }
}
