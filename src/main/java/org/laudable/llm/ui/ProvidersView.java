package org.laudable.llm.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.laudable.llm.Absence;
import org.laudable.llm.CallLog;
import org.laudable.llm.ExchangeRate;
import org.laudable.llm.Model;
import org.laudable.llm.Provider;
import org.laudable.llm.ProviderService;
import org.laudable.llm.ProviderTrial;
import org.laudable.security.CurrentUser;
import org.laudable.security.OnBehalf;
import org.laudable.security.User;
import org.laudable.ui.Icon;
import org.laudable.ui.Notices;

/** The providers of language models: a card each, and the exchange rates their prices are converted by. */
@Route("admin/providers")
@RolesAllowed(CurrentUser.ADMIN)
class ProvidersView extends Div implements HasDynamicTitle, ProviderCard.ProviderActions {
    private static final Logger LOG = Logger.getLogger(ProvidersView.class);

    private final ProviderService providers;
    private final CallLog calls;
    private final ProviderTrial trial;
    private final Notices notices;
    private final User me;
    private final Div cards = new Div();
    private final Div rates = new Div();

    ProvidersView(ProviderService providers, CallLog calls, ProviderTrial trial, Notices notices, CurrentUser currentUser) {
        this.providers = providers;
        this.calls = calls;
        this.trial = trial;
        this.notices = notices;
        this.me = currentUser.requireAdmin();
        addClassName("page");
        Button create = new Button(getTranslation("llm.new"), Icon.PLUS.create(), click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        Div actions = new Div(create);
        actions.addClassName("actions");
        Div head = new Div(new H1(getTranslation("llm.providers")), actions);
        head.addClassName("page-head");
        cards.addClassName("providers");
        rates.addClassNames("card", "rates");
        add(head, cards, rates);
        refresh();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("llm.providers");
    }

    private void refresh() {
        List<Provider> all = providers.all();
        cards.removeAll();
        all.forEach(it -> cards.add(new ProviderCard(it, providers.models(it.id()), calls.figures(it.id()), this)));
        if (all.isEmpty()) {
            Button first = new Button(getTranslation("llm.new"), click -> create());
            first.addThemeVariants(ButtonVariant.PRIMARY);
            Div empty = new Div(new Paragraph(getTranslation("llm.none")), first);
            empty.addClassName("empty");
            cards.add(empty);
        }
        showRates();
        rates.setVisible(!all.isEmpty());
    }

    private void showRates() {
        rates.removeAll();
        Button set = new Button(getTranslation("llm.rate.set"), click -> new RateDialog(providers, "USD", this::refresh).open());
        set.addThemeVariants(ButtonVariant.SMALL);
        Div head = new Div(new H2(getTranslation("llm.rates")), set);
        head.addClassName("provider-head");
        UnorderedList list = new UnorderedList();
        list.addClassName("rate-list");
        List<ExchangeRate> known = providers.rates();
        DateTimeFormatter day = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(getLocale());
        known.forEach(it -> list.add(new ListItem(getTranslation("llm.rate.line", it.from(), it.rate().stripTrailingZeros().toPlainString(),
                it.to(), day.format(it.asOf())))));
        Span none = new Span(getTranslation("llm.rate.none"));
        none.addClassName("secondary");
        rates.add(head, known.isEmpty() ? none : list);
    }

    private void create() {
        new ProviderDialog(providers, Optional.empty(), getTranslation("llm.new"), this::refresh).open();
    }

    @Override
    public void edit(Provider provider) {
        new ProviderDialog(providers, Optional.of(provider), getTranslation("llm.editOf", provider.name()), this::refresh).open();
    }

    @Override
    public void setEnabled(Provider provider, boolean enabled) {
        providers.setEnabled(provider.id(), enabled);
        refresh();
        if (!enabled) {
            notices.undoable(getTranslation("llm.nowDisabled", provider.name()), () -> setEnabled(provider, true));
        }
    }

    @Override
    public void addModel(Provider provider) {
        new ModelDialog(providers, provider, Optional.empty(), getTranslation("llm.addModelTo", provider.name()), this::refresh).open();
    }

    @Override
    public void editModel(Provider provider, Model model) {
        new ModelDialog(providers, provider, Optional.of(model), getTranslation("llm.editOf", model.name()), this::refresh).open();
    }

    @Override
    public void setRetired(Model model, boolean retired) {
        providers.setRetired(model.id(), retired);
        refresh();
        if (retired) {
            notices.undoable(getTranslation("llm.nowRetired", model.name()), () -> setRetired(model, false));
        }
    }

    /** The call takes as long as it takes, so it runs beside the page. */
    @Override
    public void test(Model model, TestResult result) {
        UI ui = UI.getCurrent();
        result.running();
        Thread.ofVirtual().name("provider-test").start(() -> {
            AtomicReference<ProviderTrial.Result> found = new AtomicReference<>();
            try {
                OnBehalf.of(me, () -> found.set(trial.of(model)));
            } catch (RuntimeException e) {
                LOG.error("A provider's test failed", e);
                found.set(new ProviderTrial.Result.Fails(Absence.PROVIDER_ERROR, ""));
            }
            ui.access(() -> result.show(found.get()));
        });
    }
}
