package org.laudable.webhook.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.shared.Registration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.laudable.dataset.ui.When;
import org.laudable.ui.Notices;
import org.laudable.webhook.Delivery;
import org.laudable.webhook.Webhook;
import org.laudable.webhook.WebhookService;

/** What was sent to a webhook, the newest first: what came of it, what was said, and the way to send it again. */
final class DeliveriesDialog extends Dialog {
    private static final int PAGE = 50;
    private static final int POLL_MILLIS = 2_000;

    private final transient WebhookService webhooks;
    private final transient Webhook webhook;
    private final transient Notices notices;
    private final Select<Delivery.State> state = new Select<>();
    private final UnorderedList rows = new UnorderedList();
    private final Div empty = new Div();
    private final Button all = new Button();
    private final Button older = new Button();
    private final Set<Long> opened = new HashSet<>();
    private transient List<Delivery> shown = List.of();
    private int pages = 1;
    private Registration polling;

    DeliveriesDialog(WebhookService webhooks, Webhook webhook, Notices notices) {
        this.webhooks = webhooks;
        this.webhook = webhook;
        this.notices = notices;
        setHeaderTitle(getTranslation("webhook.deliveriesTo", webhook.settings().name()));
        setWidth("860px");
        setMaxWidth("96vw");
        state.setItems(Delivery.State.values());
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption(getTranslation("webhook.delivery.all"));
        state.setItemLabelGenerator(one -> getTranslation(one == null ? "webhook.delivery.all" : "webhook.delivery." + one));
        state.setAriaLabel(getTranslation("webhook.delivery.state"));
        state.addValueChangeListener(change -> {
            pages = 1;
            show(read());
        });
        all.setText(getTranslation("webhook.replayAll"));
        all.addClickListener(click -> {
            int again = webhooks.replayGivenUp(webhook.projectId(), webhook.id());
            notices.info(getTranslation("webhook.replayedAll", again));
            show(read());
        });
        Div head = new Div(state, all);
        head.addClassName("webhook-log-head");
        rows.addClassNames("rows", "webhook-log");
        empty.addClassName("empty");
        empty.setText(getTranslation("webhook.delivery.none"));
        older.setText(getTranslation("webhook.older"));
        older.addClickListener(click -> {
            pages++;
            show(read());
        });
        add(head, rows, empty, older);
        getFooter().add(new Button(getTranslation("ui.close"), click -> close()));
        show(read());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        event.getUI().setPollInterval(POLL_MILLIS);
        polling = event.getUI().addPollListener(poll -> {
            List<Delivery> newest = read();
            if (!newest.equals(shown)) {
                show(newest);
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        polling.remove();
        event.getUI().setPollInterval(-1);
        super.onDetach(event);
    }

    private List<Delivery> read() {
        return webhooks.deliveries(webhook.projectId(), webhook.id(), Optional.ofNullable(state.getValue()), 0, pages * PAGE);
    }

    private void show(List<Delivery> newest) {
        shown = newest;
        rows.removeAll();
        newest.forEach(delivery -> rows.add(row(delivery)));
        empty.setVisible(newest.isEmpty());
        older.setVisible(newest.size() == pages * PAGE);
        Webhook now = webhooks.find(webhook.projectId(), webhook.id());
        all.setVisible(now.givenUp() > 0 && now.state() == Webhook.State.ACTIVE);
    }

    private ListItem row(Delivery delivery) {
        Span name = new Span(getTranslation("webhook.event." + delivery.event()) + (delivery.facts() > 1 ? " × " + delivery.facts() : ""));
        name.addClassName("name");
        Span number = new Span("#" + delivery.sequence() + " ·");
        Div when = new Div(number, new When(delivery.createdAt()));
        when.addClassNames("secondary", "small", "webhook-figures");
        Div what = new Div(name, when);
        what.addClassName("who");
        Span chip = new Span(getTranslation("webhook.delivery." + delivery.state()));
        chip.addClassNames("chip", colour(delivery.state()));
        Div outcome = new Div(outcome(delivery));
        outcome.addClassNames("small", "webhook-outcome");
        Button again = new Button(getTranslation("webhook.replay"), click -> {
            webhooks.replay(webhook.projectId(), webhook.id(), delivery.id());
            show(read());
        });
        again.addThemeVariants(ButtonVariant.SMALL);
        again.setAriaLabel(getTranslation("webhook.replayOne", Long.toString(delivery.sequence())));
        again.setVisible(delivery.state() != Delivery.State.WAITING);
        return new ListItem(what, chip, outcome, again, details(delivery));
    }

    private String outcome(Delivery delivery) {
        List<String> parts = new ArrayList<>();
        delivery.status().ifPresent(status -> parts.add(getTranslation("webhook.status", Integer.toString(status))));
        delivery.error().ifPresent(parts::add);
        delivery.millis().ifPresent(millis -> parts.add(getTranslation("webhook.millis", millis)));
        if (delivery.attempts() > 1) {
            parts.add(getTranslation("webhook.attempts", delivery.attempts()));
        }
        delivery.nextAt().filter(at -> delivery.attempts() > 0).ifPresent(at -> parts.add(getTranslation("webhook.next", time(at))));
        return String.join(" · ", parts);
    }

    private Details details(Delivery delivery) {
        Div content = new Div();
        content.addClassName("webhook-message");
        Details details = new Details(getTranslation("webhook.message"), content);
        Runnable fill = () -> {
            content.add(new Code("webhook-id: " + delivery.message()), new Pre(webhooks.body(webhook.projectId(), webhook.id(), delivery.id())));
            delivery.answer().filter(answer -> !answer.isEmpty()).ifPresent(answer -> content.add(new Span(getTranslation("webhook.answer")), new Pre(answer)));
        };
        details.addOpenedChangeListener(change -> {
            if (change.isOpened() && opened.add(delivery.id())) {
                fill.run();
            } else if (!change.isOpened()) {
                opened.remove(delivery.id());
                content.removeAll();
            }
        });
        if (opened.contains(delivery.id())) {
            fill.run();
            details.setOpened(true);
        }
        return details;
    }

    private String time(Instant at) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM).withLocale(getLocale()).withZone(ZoneId.systemDefault()).format(at);
    }

    private static String colour(Delivery.State state) {
        return switch (state) {
            case WAITING -> "accent";
            case DELIVERED -> "good";
            case GIVEN_UP -> "bad";
        };
    }
}
