package org.laudable.webhook.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.laudable.dataset.ui.When;
import org.laudable.ui.Icon;
import org.laudable.ui.Notices;
import org.laudable.webhook.Webhook;
import org.laudable.webhook.WebhookService;

/** A project's webhooks: what each is told, whether it answers, and what to do about it. */
public final class WebhookPanel extends Div {
    private final transient WebhookService webhooks;
    private final long projectId;
    private final transient Notices notices;
    private final UnorderedList rows = new UnorderedList();
    private final Div empty = new Div();

    public WebhookPanel(WebhookService webhooks, long projectId, Notices notices) {
        this.webhooks = webhooks;
        this.projectId = projectId;
        this.notices = notices;
        addClassName("webhooks");
        Paragraph intro = new Paragraph(getTranslation("webhook.intro"));
        intro.addClassName("secondary");
        Button add = new Button(getTranslation("webhook.new"), Icon.PLUS.create(), click -> edit(Optional.empty()));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        Div head = new Div(intro, add);
        head.addClassName("webhooks-head");
        rows.addClassName("rows");
        empty.addClassName("empty");
        empty.setText(getTranslation("webhook.none"));
        add(head, rows, empty);
        refresh();
    }

    private void refresh() {
        List<Webhook> all = webhooks.all(projectId);
        rows.removeAll();
        all.forEach(webhook -> rows.add(row(webhook)));
        empty.setVisible(all.isEmpty());
    }

    private ListItem row(Webhook webhook) {
        Span name = new Span(webhook.settings().name());
        name.addClassName("name");
        Span state = new Span(getTranslation("webhook.state." + shownState(webhook)));
        state.addClassNames("chip", colour(webhook));
        Div head = new Div(name, state);
        head.addClassName("webhook-name");
        Code url = new Code(webhook.settings().url());
        Span events = new Span(webhook.settings().events().stream().sorted().map(event -> getTranslation("webhook.event." + event))
                .collect(Collectors.joining(" · ")) + (webhook.settings().withTexts() ? " · " + getTranslation("webhook.texts.short") : ""));
        events.addClassNames("secondary", "small");
        Div what = new Div(head, url, events, figures(webhook));
        what.addClassName("who");
        ListItem row = new ListItem(what, actions(webhook));
        row.addClassName("webhook");
        return row;
    }

    private Component figures(Webhook webhook) {
        Div line = new Div();
        line.addClassNames("secondary", "small", "webhook-figures");
        if (webhook.lastAttempt().isEmpty()) {
            line.add(new Span(getTranslation("webhook.never")));
        }
        webhook.lastAttempt().ifPresent(at -> line.add(new Span(getTranslation("webhook.last")), new When(at)));
        if (webhook.waiting() > 0) {
            line.add(new Span("· " + getTranslation("webhook.waiting", webhook.waiting())));
        }
        if (webhook.givenUp() > 0) {
            line.add(new Span("· " + getTranslation("webhook.givenUp", webhook.givenUp())));
        }
        webhook.failingSince().ifPresent(since -> line.add(new Span("· " + getTranslation("webhook.failingSince")), new When(since)));
        return line;
    }

    private Div actions(Webhook webhook) {
        List<Component> buttons = new ArrayList<>();
        buttons.add(new Button(getTranslation("webhook.deliveries"), click -> open(webhook)));
        boolean active = webhook.state() == Webhook.State.ACTIVE;
        if (active) {
            buttons.add(new Button(getTranslation("webhook.test"), click -> {
                webhooks.test(projectId, webhook.id());
                open(webhook);
            }));
        } else {
            buttons.add(new Button(getTranslation("webhook.resume"), click -> {
                webhooks.resume(projectId, webhook.id());
                refresh();
            }));
        }
        Button more = new Button(Icon.MORE.create());
        more.setAriaLabel(getTranslation("webhook.more", webhook.settings().name()));
        ContextMenu menu = new ContextMenu(more);
        menu.setOpenOnClick(true);
        menu.addItem(getTranslation("webhook.edit"), click -> edit(Optional.of(webhooks.find(projectId, webhook.id()))));
        menu.addItem(getTranslation("webhook.newSecret"), click -> askForNewSecret(webhook));
        if (active) {
            menu.addItem(getTranslation("webhook.pause"), click -> {
                webhooks.pause(projectId, webhook.id());
                refresh();
                notices.info(getTranslation("webhook.paused", webhook.settings().name()));
            });
        }
        menu.addItem(getTranslation("webhook.remove"), click -> askToRemove(webhook));
        buttons.add(more);
        Div actions = new Div(buttons.toArray(Component[]::new));
        actions.addClassName("webhook-actions");
        return actions;
    }

    private void open(Webhook webhook) {
        DeliveriesDialog dialog = new DeliveriesDialog(webhooks, webhook, notices);
        dialog.addOpenedChangeListener(change -> {
            if (!change.isOpened()) {
                refresh();
            }
        });
        dialog.open();
    }

    private void edit(Optional<Webhook> webhook) {
        new WebhookDialog(webhooks, projectId, webhook, this::refresh).open();
    }

    private void askForNewSecret(Webhook webhook) {
        ask("webhook.newSecret", webhook, () -> new SecretDialog(webhooks.newSecret(projectId, webhook.id())).open());
    }

    private void askToRemove(Webhook webhook) {
        ask("webhook.remove", webhook, () -> webhooks.remove(projectId, webhook.id()));
    }

    /** What cannot be undone is asked. */
    private void ask(String key, Webhook webhook, Runnable deed) {
        Dialog dialog = new Dialog(getTranslation(key) + ": " + webhook.settings().name());
        dialog.setWidth("460px");
        dialog.setMaxWidth("96vw");
        dialog.add(new Paragraph(getTranslation(key + ".text")));
        Button confirm = new Button(getTranslation(key), click -> {
            dialog.close();
            deed.run();
            refresh();
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(getTranslation("ui.cancel"), click -> dialog.close()), confirm);
        dialog.open();
    }

    private static String shownState(Webhook webhook) {
        return webhook.state() == Webhook.State.ACTIVE && webhook.failures() > 0 ? "FAILING" : webhook.state().name();
    }

    private static String colour(Webhook webhook) {
        return switch (webhook.state()) {
            case ACTIVE -> webhook.failures() > 0 ? "warn" : "good";
            case PAUSED -> "plain";
            case FAILED -> "bad";
        };
    }
}
