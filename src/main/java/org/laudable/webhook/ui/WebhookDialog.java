package org.laudable.webhook.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Optional;
import java.util.Set;
import org.laudable.ui.FormDialog;
import org.laudable.webhook.Webhook;
import org.laudable.webhook.WebhookEvent;
import org.laudable.webhook.WebhookService;
import org.laudable.webhook.WebhookSettings;

/** A webhook: new, or changed. */
final class WebhookDialog extends FormDialog {
    private final transient WebhookService webhooks;
    private final long projectId;
    private final transient Optional<Webhook> read;
    private final TextField name = new TextField();
    private final TextField url = new TextField();
    private final CheckboxGroup<WebhookEvent> events = new CheckboxGroup<>();
    private final Checkbox texts = new Checkbox();

    WebhookDialog(WebhookService webhooks, long projectId, Optional<Webhook> read, Runnable done) {
        super("", done);
        this.webhooks = webhooks;
        this.projectId = projectId;
        this.read = read;
        setHeaderTitle(read.map(webhook -> webhook.settings().name()).orElse(getTranslation("webhook.new")));
        name.setLabel(getTranslation("webhook.name"));
        name.setMaxLength(80);
        name.setAutofocus(true);
        url.setLabel(getTranslation("webhook.url"));
        url.setPlaceholder("https://example.org/laudable");
        url.setMaxLength(2_000);
        events.setLabel(getTranslation("webhook.events"));
        events.setItems(WebhookEvent.CHOICES);
        events.setItemLabelGenerator(event -> getTranslation("webhook.event." + event));
        events.addClassName("webhook-events");
        texts.setLabel(getTranslation("webhook.texts"));
        texts.setHelperText(getTranslation("webhook.texts.help"));
        read.map(Webhook::settings).ifPresentOrElse(settings -> {
            name.setValue(settings.name());
            url.setValue(settings.url());
            events.setValue(settings.events());
            texts.setValue(settings.withTexts());
        }, () -> events.setValue(Set.of(WebhookEvent.BATCH_COMPLETE, WebhookEvent.ROUND_FINISHED, WebhookEvent.RUN_STOPPED)));
        fields().add(name, url, events, texts);
    }

    @Override
    protected void save() {
        WebhookSettings settings = new WebhookSettings(name.getValue().strip(), url.getValue().strip(), events.getValue(), texts.getValue());
        if (read.isPresent()) {
            webhooks.change(projectId, read.get().id(), read.get().version(), settings);
        } else {
            new SecretDialog(webhooks.add(projectId, settings)).open();
        }
    }
}
