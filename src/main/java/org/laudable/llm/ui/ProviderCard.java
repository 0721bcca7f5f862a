package org.laudable.llm.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import java.util.OptionalLong;
import org.laudable.llm.Model;
import org.laudable.llm.ModelSettings;
import org.laudable.llm.Provider;
import org.laudable.llm.ProviderFigures;
import org.laudable.llm.ProviderKind;
import org.laudable.ui.Icon;

/** One provider at a glance: whether it works, its models and prices, what it cost this month, how fast and how reliable it is. */
final class ProviderCard extends Div {
    private static final double MANY_ERRORS = 0.2;
    private final Provider provider;
    private final ProviderActions actions;
    private final Amounts amounts;

    /** What the card's buttons do. */
    interface ProviderActions {
        void edit(Provider provider);

        void setEnabled(Provider provider, boolean enabled);

        void addModel(Provider provider);

        void editModel(Provider provider, Model model);

        void setRetired(Model model, boolean retired);

        /** Makes a real call and shows what came of it in {@code result}. */
        void test(Model model, TestResult result);
    }

    ProviderCard(Provider provider, List<Model> models, ProviderFigures figures, ProviderActions actions) {
        this.provider = provider;
        this.actions = actions;
        this.amounts = new Amounts(getLocale());
        addClassNames("card", "provider");
        setClassName("off", !provider.enabled());
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", provider.name());
        add(head(figures), where(), figures(figures), models(models));
    }

    private Div head(ProviderFigures figures) {
        H2 name = new H2(provider.name());
        Div head = new Div(name, state(figures), menu());
        head.addClassName("provider-head");
        return head;
    }

    private Span state(ProviderFigures figures) {
        String state;
        String colour;
        if (!provider.enabled()) {
            state = "disabled";
            colour = "plain";
        } else if (figures.heldBack()) {
            state = "heldBack";
            colour = "bad";
        } else if (figures.errorRate().isPresent() && figures.errorRate().getAsDouble() > MANY_ERRORS) {
            state = "errors";
            colour = "warn";
        } else if (provider.triedAt().isPresent()) {
            state = "works";
            colour = "good";
        } else {
            state = "untried";
            colour = "plain";
        }
        Span light = new Span();
        light.addClassName("light");
        light.getElement().setAttribute("aria-hidden", "true");
        Span chip = new Span(light, new Span(getTranslation("llm.state." + state)));
        chip.addClassNames("chip", colour);
        return chip;
    }

    private Button menu() {
        Button button = new Button(Icon.MORE.create());
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.setAriaLabel(getTranslation("ui.actions", provider.name()));
        ContextMenu menu = new ContextMenu(button);
        menu.setOpenOnClick(true);
        menu.addItem(getTranslation("llm.edit"), click -> actions.edit(provider));
        menu.addItem(getTranslation("llm.addModel"), click -> actions.addModel(provider));
        menu.addSeparator();
        menu.addItem(getTranslation(provider.enabled() ? "llm.disable" : "llm.enable"),
                click -> actions.setEnabled(provider, !provider.enabled()));
        return button;
    }

    private Div where() {
        Span kind = new Span(getTranslation("llm.kind." + provider.settings().kind()) + " · " + provider.settings().baseUrl());
        kind.addClassName("url");
        Div where = new Div(kind, new Span(getTranslation(provider.hasKey() ? "llm.key.stored" : "llm.key.none")));
        where.addClassNames("where", "secondary", "small");
        if (provider.settings().baseUrl().startsWith("http://") && provider.settings().kind() != ProviderKind.OLLAMA) {
            Span open = new Span(getTranslation("llm.unencrypted"));
            open.addClassNames("chip", "warn");
            where.add(open);
        }
        Span tried = new Span(provider.triedAt().map(at -> getTranslation("llm.triedAt", amounts.moment(at)))
                .orElseGet(() -> getTranslation("llm.neverTried")));
        where.add(tried);
        return where;
    }

    private Div figures(ProviderFigures figures) {
        String currency = provider.settings().currency();
        OptionalLong cap = provider.settings().monthCapMicros();
        String cost = amounts.money(figures.settledMicros(), currency);
        Div line = new Div(
                figure("llm.month", cap.isPresent() ? getTranslation("llm.ofCap", cost, amounts.money(cap.getAsLong(), currency)) : cost),
                figure("llm.calls24", amounts.count(figures.calls())),
                figure("llm.p95", figures.p95Millis().isPresent() ? amounts.seconds(figures.p95Millis().getAsInt()) : "–"),
                figure("llm.errorRate", figures.errorRate().isPresent() ? amounts.percent(figures.errorRate().getAsDouble()) : "–"));
        line.addClassName("provider-figures");
        return line;
    }

    private Div figure(String key, String value) {
        Span label = new Span(getTranslation(key));
        label.addClassNames("secondary", "small");
        Span text = new Span(value);
        text.addClassNames("value", "num");
        return new Div(label, text);
    }

    private Div models(List<Model> models) {
        UnorderedList list = new UnorderedList();
        list.addClassName("models");
        models.forEach(model -> list.add(model(model)));
        Div all = new Div(list);
        all.addClassName("model-list");
        if (models.isEmpty()) {
            Button first = new Button(getTranslation("llm.addModel"), Icon.PLUS.create(), click -> actions.addModel(provider));
            first.addThemeVariants(ButtonVariant.SMALL);
            Span none = new Span(getTranslation("llm.noModels"));
            none.addClassName("secondary");
            Div empty = new Div(none, first);
            empty.addClassName("no-models");
            all.add(empty);
        }
        return all;
    }

    private ListItem model(Model model) {
        ModelSettings it = model.settings();
        String currency = provider.settings().currency();
        Span name = new Span(model.name());
        name.addClassName("name");
        Span prices = new Span(getTranslation("llm.prices", amounts.price(it.prices().inputMicros(), currency),
                amounts.price(it.prices().cachedInputMicros(), currency), amounts.price(it.prices().outputMicros(), currency)));
        prices.addClassNames("secondary", "small", "num");
        Div what = new Div(name, prices, abilities(it));
        what.addClassName("what");
        TestResult result = new TestResult(amounts, currency);
        Button test = new Button(getTranslation("llm.test"));
        test.addClickListener(click -> actions.test(model, result));
        test.addThemeVariants(ButtonVariant.SMALL);
        test.setAriaLabel(getTranslation("llm.testModel", model.name()));
        test.setEnabled(provider.enabled() && !model.retired());
        Button more = new Button(Icon.MORE.create());
        more.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        more.setAriaLabel(getTranslation("ui.actions", model.name()));
        ContextMenu menu = new ContextMenu(more);
        menu.setOpenOnClick(true);
        menu.addItem(getTranslation("llm.edit"), click -> actions.editModel(provider, model));
        menu.addItem(getTranslation(model.retired() ? "llm.restore" : "llm.retire"), click -> actions.setRetired(model, !model.retired()));
        ListItem row = new ListItem(what, test, more, result);
        row.setClassName("off", model.retired());
        return row;
    }

    private Div abilities(ModelSettings it) {
        Div chips = new Div();
        chips.addClassName("chips");
        if (it.abilities().jsonSchema()) {
            chips.add(chip("llm.ability.jsonSchema"));
        }
        if (it.abilities().logprobs()) {
            chips.add(chip("llm.ability.logprobs"));
        }
        if (it.abilities().fineTuning()) {
            chips.add(chip("llm.ability.fineTuning"));
        }
        Span context = new Span(getTranslation("llm.contextOf", amounts.count(it.contextTokens())));
        context.addClassName("chip");
        chips.add(context);
        return chips;
    }

    private Span chip(String key) {
        Span chip = new Span(getTranslation(key));
        chip.addClassName("chip");
        return chip;
    }
}
