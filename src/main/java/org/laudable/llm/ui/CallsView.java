package org.laudable.llm.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.laudable.llm.Absence;
import org.laudable.llm.CallFilter;
import org.laudable.llm.CallLog;
import org.laudable.llm.CallRecord;
import org.laudable.llm.Provider;
import org.laudable.llm.ProviderService;
import org.laudable.security.CurrentUser;

/** Every call to a language model: when, to whom, what for, what came of it, what it cost. */
@Route("admin/calls")
@RolesAllowed(CurrentUser.ADMIN)
class CallsView extends Div implements HasDynamicTitle {
    private final CallLog calls;
    private final Amounts amounts = new Amounts(getLocale());
    private final Select<Provider> provider = new Select<>();
    private final Select<String> outcome = new Select<>();
    private final Select<String> purpose = new Select<>();
    private final Span count = new Span();
    private final Grid<CallRecord> grid = new Grid<>();
    private final Div empty = new Div();

    CallsView(CallLog calls, ProviderService providers) {
        this.calls = calls;
        addClassNames("page", "calls");
        count.addClassName("secondary");
        Div title = new Div(new H1(getTranslation("llm.calls")), count);
        title.addClassName("title");
        provider.setItems(providers.all());
        provider.setItemLabelGenerator(it -> it == null ? getTranslation("llm.filter.allProviders") : it.name());
        filter(provider, "llm.filter.provider", "llm.filter.allProviders");
        List<String> outcomes = new ArrayList<>(List.of("ANSWERED", CallFilter.ABSENT, "CACHED", "PARTIAL", "IN_FLIGHT", "UNKNOWN"));
        Arrays.stream(Absence.values()).map(Absence::name).forEach(outcomes::add);
        outcome.setItems(outcomes);
        outcome.setItemLabelGenerator(it -> it == null ? getTranslation("llm.filter.allOutcomes") : getTranslation("llm.outcome." + it));
        filter(outcome, "llm.filter.outcome", "llm.filter.allOutcomes");
        purpose.setItems(calls.purposes());
        purpose.setItemLabelGenerator(it -> it == null ? getTranslation("llm.filter.allPurposes") : purpose(it));
        filter(purpose, "llm.filter.purpose", "llm.filter.allPurposes");
        Button reload = new Button(getTranslation("llm.reload"), click -> refresh());
        Div actions = new Div(provider, outcome, purpose, reload);
        actions.addClassNames("actions", "call-filters");
        Div head = new Div(title, actions);
        head.addClassName("page-head");
        empty.addClassName("empty");
        empty.setText(getTranslation("llm.noCalls"));
        columns();
        grid.setItems(query -> calls.find(filter(), query.getOffset(), query.getLimit()).stream(), query -> calls.count(filter()));
        add(head, grid, empty);
        refresh();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("llm.calls");
    }

    private <T> void filter(Select<T> select, String labelKey, String allKey) {
        select.setEmptySelectionAllowed(true);
        select.setEmptySelectionCaption(getTranslation(allKey));
        select.setAriaLabel(getTranslation(labelKey));
        select.addValueChangeListener(change -> refresh());
    }

    private void columns() {
        grid.addThemeVariants(GridVariant.AURA_NO_BORDER);
        grid.addComponentColumn(this::outcome).setHeader(getTranslation("llm.column.outcome")).setFlexGrow(2).setWidth("190px");
        grid.addColumn(it -> amounts.moment(it.at())).setHeader(getTranslation("llm.column.at")).setWidth("165px").setFlexGrow(0);
        grid.addColumn(it -> it.provider() + " · " + it.model()).setHeader(getTranslation("llm.column.model")).setWidth("160px").setTooltipGenerator(CallRecord::model);
        grid.addColumn(it -> purpose(it.purpose()) + it.project().map(name -> " · " + name).orElse("")).setHeader(getTranslation("llm.column.purpose")).setWidth("140px");
        number(it -> amounts.count(it.items()), "llm.column.items", "70px");
        number(it -> tokens(it.inputTokens()) + cached(it), "llm.column.input", "120px");
        number(it -> tokens(it.outputTokens()), "llm.column.output", "90px");
        number(this::cost, "llm.column.cost", "110px");
        number(it -> it.latencyMillis().isPresent() ? amounts.seconds(it.latencyMillis().getAsInt()) : "", "llm.column.latency", "90px");
        grid.setSizeFull();
    }

    private void number(com.vaadin.flow.function.ValueProvider<CallRecord, ?> value, String key, String width) {
        grid.addColumn(value).setHeader(getTranslation(key)).setWidth(width).setFlexGrow(0).setTextAlign(ColumnTextAlign.END);
    }

    private Div outcome(CallRecord it) {
        Span chip = new Span(getTranslation("llm.outcome." + it.outcome()));
        chip.addClassNames("chip", switch (it.outcome()) {
            case "ANSWERED", "CACHED" -> "good";
            case "IN_FLIGHT" -> "accent";
            case "PARTIAL", "RATE_LIMITED", "CAP_REACHED", "PROVIDER_CAP_REACHED", "HELD_BACK" -> "warn";
            default -> "bad";
        });
        Div all = new Div(chip);
        if (it.attempt() > 1) {
            all.add(new Span(getTranslation("llm.attempt", it.attempt())));
        }
        if (it.overReservation()) {
            Span over = new Span(getTranslation("llm.over"));
            over.addClassNames("chip", "bad");
            all.add(over);
        }
        if (!it.detail().isEmpty()) {
            Span detail = new Span(it.detail());
            detail.addClassName("detail");
            detail.setTitle(it.detail());
            all.add(detail);
        }
        all.addClassName("call-outcome");
        return all;
    }

    private String cost(CallRecord it) {
        if (it.costMicros().isEmpty()) {
            return "";
        }
        return (it.unmetered() ? "≤ " : "") + amounts.money(it.costMicros().getAsLong(), it.currency());
    }

    private String cached(CallRecord it) {
        return it.cachedTokens().orElse(0) > 0 ? " (" + amounts.count(it.cachedTokens().getAsInt()) + " ↺)" : "";
    }

    private String tokens(OptionalInt tokens) {
        return tokens.isPresent() ? amounts.count(tokens.getAsInt()) : "";
    }

    private String purpose(String purpose) {
        return getTranslation("llm.purpose." + purpose);
    }

    private CallFilter filter() {
        return new CallFilter(provider.getValue() == null ? OptionalLong.empty() : OptionalLong.of(provider.getValue().id()),
                Optional.ofNullable(outcome.getValue()), Optional.ofNullable(purpose.getValue()), OptionalLong.empty());
    }

    private void refresh() {
        int found = calls.count(filter());
        count.setText(getTranslation("llm.callCount", found));
        grid.setVisible(found > 0);
        empty.setVisible(found == 0);
        grid.getDataProvider().refreshAll();
    }
}
