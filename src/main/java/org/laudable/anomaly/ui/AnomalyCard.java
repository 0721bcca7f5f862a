package org.laudable.anomaly.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.Optional;
import org.laudable.anomaly.Anomaly;
import org.laudable.anomaly.AnomalyDetail;
import org.laudable.anomaly.AnomalyState;
import org.laudable.anomaly.Opinion;
import org.laudable.project.Meaning;

/** One anomaly: what is odd in a sentence, who says so how loudly, which channels, its like, its past; and what you say. */
final class AnomalyCard extends Section {

    /** What a person did on the card. */
    interface Acts {
        void decide(long anomalyId, Meaning meaning, String comment);

        void look(long seriesId, int from, int to);

        /** A language model is to judge it and say why. */
        void explain(Anomaly anomaly);
    }

    private final AnomalyWords words;
    private final Acts acts;
    private final Optional<String> model;
    private final String labelPath;
    private final Div similar = new Div();

    /** @param model the language model that can be asked for its opinion; empty: none */
    AnomalyCard(AnomalyWords words, String labelPath, Optional<String> model, Acts acts) {
        this.model = model;
        this.words = words;
        this.labelPath = labelPath;
        this.acts = acts;
        addClassNames("card", "anomaly-card");
        similar.addClassName("anomaly-block");
        getElement().setAttribute("aria-label", words.text("anomaly.card"));
    }

    /** @param learned whether answers were learned yet; before, the agent has nothing to say */
    void show(AnomalyDetail detail, boolean learned) {
        removeAll();
        Anomaly a = detail.anomaly();
        H2 title = new H2(a.series());
        Div head = new Div(title, new StateMark(words, a.state()));
        head.addClassName("run-card-head");
        Span when = new Span(words.when(a.fromAt(), a.zone()) + " – " + words.when(a.toAt(), a.zone()) + " · " + words.length(a));
        when.addClassNames("secondary", "small");
        Paragraph sentence = new Paragraph(words.sentence(a));
        sentence.addClassName("anomaly-sentence");
        add(head, when, sentence);
        a.explained().ifPresent(why -> add(new Paragraph(words.text("anomaly.explained", why.isBlank() ? words.text("anomaly.explained.people") : why))));
        a.like().ifPresent(like -> add(new Paragraph(words.text("anomaly.like"))));
        a.opinion().ifPresentOrElse(said -> add(opinion(said)), () -> model.ifPresent(name -> add(ask(a, name))));
        add(decisions(a));
        Div facts = new Div();
        facts.addClassName("anomaly-facts");
        a.voices().ifPresent(v -> facts.add(voices(a, v, learned)));
        if (a.drives().size() > 1) {
            facts.add(drives(a.drives()));
        }
        add(facts);
        similar.removeAll();
        similar.add(new H3(words.text("anomaly.similar")), quiet(words.text("anomaly.similar.looking")));
        Div past = new Div(similar, history(detail.history()));
        past.addClassName("anomaly-facts");
        add(past);
    }

    private Button ask(Anomaly a, String name) {
        Button ask = new Button(words.text("anomaly.explain", name), click -> acts.explain(a));
        ask.addThemeVariants(ButtonVariant.SMALL);
        return ask;
    }

    /** The language model's own words, under its name. */
    private Div opinion(Opinion said) {
        Span who = new Span(said.model());
        who.addClassNames("origin", "llm");
        Span severity = new Span(words.text("anomaly.severity", words.figures().wholePercent(Math.round(100 * said.severity()) / 100.0)));
        severity.addClassName("num");
        Div head = new Div(who, severity);
        head.addClassName("anomaly-opinion-head");
        Div opinion = new Div(head, new Paragraph(said.reason()));
        if (!said.causes().isEmpty()) {
            opinion.add(quiet(words.text("anomaly.opinion.causes", String.join("; ", said.causes()))));
        }
        opinion.addClassName("anomaly-opinion");
        opinion.getElement().setAttribute("title", words.text("anomaly.opinion.means"));
        return opinion;
    }

    private Div decisions(Anomaly a) {
        Button yes = decide("anomaly.confirm", a, Meaning.ANOMALY);
        Button no = decide("anomaly.refuse", a, Meaning.NORMAL);
        yes.setEnabled(a.state() != AnomalyState.CONFIRMED);
        no.setEnabled(a.state() != AnomalyState.REFUSED);
        if (a.state() == AnomalyState.SUGGESTED || a.state() == AnomalyState.PROPAGATED) {
            yes.addThemeVariants(ButtonVariant.PRIMARY);
        }
        Div row = new Div(yes, no);
        row.addClassName("anomaly-decisions");
        TextField why = new TextField();
        why.setPlaceholder(words.text("anomaly.expected.why"));
        why.setAriaLabel(words.text("anomaly.expected.why"));
        why.setMaxLength(300);
        Button expected = new Button(words.text("anomaly.expected"), click -> acts.decide(a.id(), Meaning.EXPECTED, why.getValue().isBlank() ? null : why.getValue().strip()));
        expected.setDisableOnClick(true);
        Div because = new Div(why, expected);
        because.addClassName("anomaly-expected-row");
        row.add(because);
        Anchor label = new Anchor(labelPath, words.text("anomaly.toLabel"));
        row.add(label);
        return row;
    }

    private Button decide(String key, Anomaly a, Meaning meaning) {
        Button button = new Button(words.text(key), click -> acts.decide(a.id(), meaning, null));
        button.setDisableOnClick(true);
        return button;
    }

    private Div voices(Anomaly a, Anomaly.Voices v, boolean learned) {
        Div block = new Div(new H3(words.text("anomaly.voices")));
        block.add(voice("vae", v.vae()), potential(a, v.potential()), voice("novelty", v.novelty()));
        if (learned) {
            block.add(voice("agent", v.agent()));
        }
        Span sure = new Span(words.text("anomaly.confidence", words.figures().wholePercent(Math.round(100 * a.confidence()) / 100.0)));
        sure.addClassNames("secondary", "small");
        block.add(sure);
        block.addClassName("anomaly-block");
        return block;
    }

    /** Named for whose opinion it is: the statistics', or a language model's. */
    private Div potential(Anomaly a, double loud) {
        return a.opinion().map(said -> bar(words.text("anomaly.voice.judged", said.model()), loud, words.text("anomaly.opinion.means")))
                .orElseGet(() -> voice("potential", loud));
    }

    private Div voice(String name, double loud) {
        return bar(words.text("anomaly.voice." + name), loud, words.text("anomaly.voice." + name + ".means"));
    }

    private Div bar(String name, double share, String title) {
        Span fill = new Span();
        fill.getStyle().set("width", Math.round(100 * share) + "%");
        Span bar = new Span(fill);
        bar.addClassName("anomaly-bar");
        bar.getElement().setAttribute("aria-hidden", "true");
        Span label = new Span(name);
        Span figure = new Span(words.figures().wholePercent(Math.round(100 * share) / 100.0));
        figure.addClassName("num");
        Div row = new Div(label, bar, figure);
        row.addClassName("anomaly-voice");
        row.getElement().setAttribute("title", title);
        return row;
    }

    private Div drives(List<Anomaly.Drive> drives) {
        Div block = new Div(new H3(words.text("anomaly.channels")));
        drives.forEach(d -> block.add(bar(d.channel(), d.share(), words.text("anomaly.channels.means"))));
        block.addClassName("anomaly-block");
        return block;
    }

    /** What looks like the anomaly, once it is found. */
    void showSimilar(List<AnomalyDetail.Similar> found) {
        similar.removeAll();
        similar.add(new H3(words.text("anomaly.similar")));
        if (found.isEmpty()) {
            similar.add(quiet(words.text("anomaly.similar.none")));
        }
        for (AnomalyDetail.Similar s : found) {
            NativeButton row = new NativeButton();
            row.add(new Span(s.series() + " · " + words.when(s.at(), s.zone())));
            Span said = new Span(s.said().map(m -> words.text("anomaly.said." + m)).orElse(words.text("anomaly.said.nothing")));
            said.addClassNames("secondary", "small");
            row.add(said);
            row.addClassName("anomaly-similar");
            row.addClickListener(click -> acts.look(s.seriesId(), s.from(), s.to()));
            similar.add(row);
        }
    }

    private Div history(List<AnomalyDetail.Verdict> history) {
        Div block = new Div(new H3(words.text("anomaly.history")));
        block.addClassName("anomaly-block");
        if (history.isEmpty()) {
            block.add(quiet(words.text("anomaly.history.none")));
            return block;
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("anomaly-history");
        for (AnomalyDetail.Verdict v : history) {
            String what = v.meaning().map(m -> words.text("anomaly.said." + m)).orElse(words.text("anomaly.said.untold"));
            String line = words.text("anomaly.history.line", v.people().isBlank() ? words.text("anomaly.origin." + v.origin()) : v.people(), what, words.when(v.at()));
            ListItem item = new ListItem(line + (v.comment() == null || v.comment().isBlank() ? "" : " – " + v.comment()));
            if (v.until() != null) {
                item.addClassName("anomaly-replaced");
                item.getElement().setAttribute("title", words.text("anomaly.history.replaced", words.when(v.until())));
            }
            list.add(item);
        }
        block.add(list);
        return block;
    }

    private static Span quiet(String text) {
        Span span = new Span(text);
        span.addClassNames("secondary", "small");
        return span;
    }
}
