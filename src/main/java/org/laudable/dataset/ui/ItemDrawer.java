package org.laudable.dataset.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.laudable.dataset.ItemHistory;
import org.laudable.ui.Icon;

/** Everything about one item: text, where it came from, each label and answer it ever had. */
public final class ItemDrawer extends Aside {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Runnable closed;

    public ItemDrawer(Runnable closed) {
        this.closed = closed;
        addClassName("item-drawer");
        getElement().setAttribute("aria-label", getTranslation("dataset.history.title"));
        Shortcuts.addShortcutListener(this, closed::run, Key.ESCAPE).listenOn(this);
        setVisible(false);
    }

    public void hide() {
        setVisible(false);
    }

    public void show(ItemHistory item) {
        removeAll();
        Button close = new Button(Icon.CLOSE.create(), click -> closed.run());
        close.addThemeVariants(ButtonVariant.TERTIARY);
        close.setAriaLabel(getTranslation("dataset.history.close"));
        Div head = new Div(new H2(getTranslation("dataset.history.title")), close);
        head.addClassName("drawer-head");
        Paragraph text = new Paragraph(item.text());
        text.addClassName("drawer-text");
        text.getElement().setAttribute("dir", "auto");
        add(head, text);
        if (!item.split().equals("POOL")) {
            add(line(getTranslation("dataset.split." + item.split()), "origin gold"));
        }
        if (item.knownClass() != null) {
            add(line(getTranslation("dataset.history.known", item.knownClass()), "secondary"));
        }
        if (item.prediction() != null) {
            add(line(getTranslation("dataset.history.prediction", item.prediction().className(), percent(item.prediction().confidence()),
                    item.prediction().modelVersion()), "origin model"));
        }
        section("dataset.history.labels", item.labels().stream().map(this::label).toList());
        section("dataset.history.answers", item.answers().stream().map(this::answer).toList());
        section("dataset.history.questions", item.questions().stream().map(this::question).toList());
        section("dataset.history.rows", item.rows().stream().map(this::row).toList());
        setVisible(true);
        close.focus();
    }

    private void section(String key, List<? extends Component> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Div list = new Div();
        list.addClassName("drawer-list");
        entries.forEach(list::add);
        add(new H3(getTranslation(key)), list);
    }

    private Component label(ItemHistory.Label label) {
        String name = label.outcome().equals("NONE") ? getTranslation("dataset.none") : label.className();
        Div entry = entry(new OriginMark(label.origin(), name), new When(label.at()));
        if (label.supersededAt() != null) {
            entry.addClassName("past");
        }
        List<String> facts = new ArrayList<>();
        facts.add(getTranslation("dataset.origin." + label.origin()));
        facts.addAll(label.people());
        if (label.modelVersion() != null) {
            facts.add(getTranslation("dataset.history.model", label.modelVersion()));
        }
        if (label.confidence() != null) {
            facts.add(percent(label.confidence()));
        }
        if (label.accepted() != null) {
            facts.add(getTranslation("review.sample.accepted.why", label.accepted().by(), label.accepted().agreed(), label.accepted().judged()));
        }
        if (label.supersededAt() != null) {
            facts.add(getTranslation("dataset.history.superseded"));
        }
        entry.add(facts(facts));
        return entry;
    }

    private Component answer(ItemHistory.Answer answer) {
        String what = answer.kind().equals("LABEL") ? answer.className() : getTranslation("dataset.answer." + answer.kind());
        Span said = new Span(answer.person() + ": " + what);
        Div entry = entry(said, new When(answer.at()));
        List<String> facts = new ArrayList<>();
        if (answer.revision() > 1) {
            facts.add(getTranslation("dataset.history.revision", answer.revision()));
        }
        if (answer.activeMillis() > 0) {
            facts.add(String.format(getLocale(), "%.1f s", answer.activeMillis() / 1000.0));
        }
        if (answer.guideline() != null) {
            facts.add(getTranslation("dataset.history.guideline", answer.guideline()));
        }
        if (answer.suggestion() != null) {
            facts.add(getTranslation("dataset.history.suggested", answer.suggestion()));
        }
        if (answer.late()) {
            facts.add(getTranslation("dataset.history.late"));
        }
        if (answer.surplus()) {
            facts.add(getTranslation("dataset.history.surplus"));
        }
        if (answer.reason() != null) {
            facts.add(getTranslation("dataset.reason." + answer.reason()));
        }
        if (answer.comment() != null) {
            facts.add("“" + answer.comment() + "”");
        }
        entry.add(facts(facts));
        return entry;
    }

    private Component question(ItemHistory.Question question) {
        Span purpose = new Span(getTranslation("dataset.purpose." + question.purpose()));
        Div entry = entry(purpose, new When(question.at()));
        List<String> facts = new ArrayList<>(List.of(getTranslation("dataset.taskState." + question.state())));
        if (question.suggestion() != null) {
            facts.add(getTranslation("dataset.history.suggested", question.suggestion())
                    + (question.confidence() == null ? "" : " " + percent(question.confidence())));
        }
        entry.add(facts(facts));
        return entry;
    }

    private Component row(ItemHistory.Row row) {
        Span id = new Span(row.externalId());
        id.addClassName("item-text");
        Div entry = entry(id, new Span());
        if (row.fileName() != null) {
            entry.add(facts(List.of(getTranslation("dataset.history.fromFile", row.fileName(), row.rowNumber() == null ? 0 : row.rowNumber()))));
        }
        if (row.metadata() != null) {
            Div table = new Div();
            table.addClassName("metadata");
            for (Map.Entry<String, JsonNode> field : metadata(row.metadata())) {
                Span key = new Span(field.getKey());
                key.addClassName("secondary");
                Span value = new Span(field.getValue().isTextual() ? field.getValue().asText() : field.getValue().toString());
                value.getElement().setAttribute("dir", "auto");
                table.add(key, value);
            }
            entry.add(table);
        }
        return entry;
    }

    private static Iterable<Map.Entry<String, JsonNode>> metadata(String json) {
        try {
            return JSON.readTree(json).properties();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored metadata is no JSON", e);
        }
    }

    private static Div entry(Span what, Span when) {
        when.addClassNames("small", "secondary");
        Div first = new Div(what, when);
        first.addClassName("entry-line");
        Div entry = new Div(first);
        entry.addClassName("drawer-entry");
        return entry;
    }

    private static Component facts(List<String> facts) {
        Div line = new Div(String.join(" · ", facts));
        line.addClassNames("small", "secondary");
        return line;
    }

    private static Component line(String text, String classes) {
        Span line = new Span(text);
        line.addClassNames(classes.split(" "));
        return line;
    }

    private String percent(float share) {
        return String.format(getLocale(), "%.0f %%", share * 100);
    }
}
