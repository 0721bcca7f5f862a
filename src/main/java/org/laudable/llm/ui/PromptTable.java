package org.laudable.llm.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.engine.evaluation.Interval;
import org.laudable.llm.PromptService.TrialAnswer;
import org.laudable.llm.PromptTrial;

/** How a trial of a prompt version reads: one sentence, and its answers as a table. */
final class PromptTable {
    private final Amounts amounts;

    PromptTable(Amounts amounts) {
        this.amounts = amounts;
    }

    String sentence(Component on, PromptTrial trial) {
        String scope = on.getTranslation("llm.prompts.scope." + trial.scope());
        return switch (trial.state()) {
            case WAITING, RUNNING -> scope + ": " + on.getTranslation("llm.prompts.running");
            case FAILED -> scope + ": " + trial.error();
            case DONE -> scope + ", " + trial.model() + ": " + quality(on, trial) + " " + on.getTranslation("llm.prompts.absent",
                    trial.items() - trial.answered(), trial.items()) + " " + price(on, trial);
        };
    }

    private String quality(Component on, PromptTrial trial) {
        if (trial.known() == 0) {
            return on.getTranslation("llm.prompts.noTruth");
        }
        Interval range = Binomial.wilson(trial.correct(), trial.known(), 0.95);
        return on.getTranslation("llm.prompts.accuracy", amounts.percent(trial.correct() / (double) trial.known()),
                Math.round(100 * range.low()), Math.round(100 * range.high()), trial.correct(), trial.known());
    }

    private String price(Component on, PromptTrial trial) {
        return trial.perThousand().isEmpty() ? on.getTranslation("llm.prompts.free")
                : on.getTranslation("llm.prompts.perThousand", amounts.money(trial.perThousand().getAsLong(), trial.currency()));
    }

    Div of(Component on, List<TrialAnswer> answers) {
        NativeTableBody body = new NativeTableBody();
        NativeTableRow names = new NativeTableRow();
        for (String key : new String[] {"llm.prompts.text", "llm.prompts.said", "llm.prompts.truth", "llm.prompts.confidence"}) {
            NativeTableHeaderCell cell = new NativeTableHeaderCell(on.getTranslation(key));
            cell.getElement().setAttribute("scope", "col");
            names.add(cell);
        }
        for (TrialAnswer answer : answers) {
            NativeTableCell text = new NativeTableCell(answer.text());
            text.getElement().setAttribute("dir", "auto");
            NativeTableCell said = new NativeTableCell(answer.said().orElseGet(() -> on.getTranslation("llm.outcome." + answer.absence().orElse("MISSING"))));
            boolean wrong = answer.truth().isPresent() && answer.said().isPresent() && !answer.truth().equals(answer.said());
            said.getElement().getClassList().set("wrong", wrong);
            body.add(new NativeTableRow(text, said, new NativeTableCell(answer.truth().orElse("–")),
                    new NativeTableCell(answer.confidence().map(it -> amounts.percent(it)).orElse("–"))));
        }
        NativeTableHeader head = new NativeTableHeader();
        head.add(names);
        NativeTable table = new NativeTable();
        table.add(head, body);
        Div scroll = new Div(table);
        scroll.addClassName("run-table");
        scroll.getElement().setAttribute("tabindex", "0");
        scroll.getElement().setAttribute("role", "region");
        scroll.getElement().setAttribute("aria-label", on.getTranslation("llm.prompts.answers"));
        return scroll;
    }
}
