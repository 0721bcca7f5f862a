package org.laudable.llm.ui;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.laudable.Refused;
import org.laudable.llm.Provider;
import org.laudable.llm.ProviderKind;
import org.laudable.llm.ProviderService;
import org.laudable.llm.ProviderSettings;
import org.laudable.ui.FormDialog;

/** A provider: new, or changed. The key can be entered and is never shown. */
final class ProviderDialog extends FormDialog {
    private final ProviderService providers;
    private final Optional<Provider> read;
    private final Select<ProviderKind> kind = new Select<>();
    private final TextField name = new TextField();
    private final TextField url = new TextField();
    private final TextField apiVersion = new TextField();
    private final PasswordField key = new PasswordField();
    private final TextField currency = new TextField();
    private final BigDecimalField cap = new BigDecimalField();
    private final IntegerField requests = new IntegerField();
    private final IntegerField tokens = new IntegerField();
    private final IntegerField concurrency = new IntegerField();
    private final IntegerField timeout = new IntegerField();

    ProviderDialog(ProviderService providers, Optional<Provider> read, String title, Runnable done) {
        super(title, done);
        this.providers = providers;
        this.read = read;
        kind.setItems(Arrays.asList(ProviderKind.values()));
        kind.setItemLabelGenerator(it -> getTranslation("llm.kind." + it));
        kind.setLabel(getTranslation("llm.kind"));
        name.setLabel(getTranslation("llm.name"));
        name.setRequiredIndicatorVisible(true);
        url.setLabel(getTranslation("llm.url"));
        url.setRequiredIndicatorVisible(true);
        apiVersion.setLabel(getTranslation("llm.apiVersion"));
        key.setLabel(getTranslation("llm.key"));
        key.setRevealButtonVisible(false);
        key.getElement().setAttribute("autocomplete", "new-password");
        key.setHelperText(getTranslation(read.filter(Provider::hasKey).isPresent() ? "llm.key.keep" : "llm.key.hint"));
        currency.setLabel(getTranslation("llm.currency"));
        currency.setMaxLength(3);
        cap.setLabel(getTranslation("llm.monthCap"));
        cap.setHelperText(getTranslation("llm.emptyForNone"));
        requests.setLabel(getTranslation("llm.requestsPerMinute"));
        requests.setHelperText(getTranslation("llm.emptyForNone"));
        tokens.setLabel(getTranslation("llm.tokensPerMinute"));
        tokens.setHelperText(getTranslation("llm.emptyForNone"));
        concurrency.setLabel(getTranslation("llm.concurrency"));
        timeout.setLabel(getTranslation("llm.timeout"));
        fields().add(line(kind, name), url, apiVersion, key, line(currency, cap), line(requests, tokens), line(concurrency, timeout));
        fill();
        kind.addValueChangeListener(change -> {
            if (url.isEmpty() || Arrays.stream(ProviderKind.values()).anyMatch(it -> it.usualUrl().equals(url.getValue()))) {
                url.setValue(change.getValue().usualUrl());
            }
            adapt();
        });
        adapt();
    }

    private void fill() {
        ProviderSettings it = read.map(Provider::settings).orElse(new ProviderSettings("", ProviderKind.OPENAI,
                ProviderKind.OPENAI.usualUrl(), Optional.empty(), "USD", OptionalInt.empty(), OptionalInt.empty(), 4, 60, OptionalLong.empty()));
        kind.setValue(it.kind());
        name.setValue(it.name());
        url.setValue(it.baseUrl());
        apiVersion.setValue(it.apiVersion().orElse(""));
        currency.setValue(it.currency());
        it.monthCapMicros().ifPresent(micros -> cap.setValue(Amounts.units(micros)));
        it.requestsPerMinute().ifPresent(requests::setValue);
        it.tokensPerMinute().ifPresent(tokens::setValue);
        concurrency.setValue(it.concurrency());
        timeout.setValue(it.timeoutSeconds());
    }

    private void adapt() {
        apiVersion.setVisible(kind.getValue() == ProviderKind.AZURE);
        key.setRequiredIndicatorVisible(kind.getValue().needsKey() && read.filter(Provider::hasKey).isEmpty());
        url.setHelperText(getTranslation("llm.url." + kind.getValue()));
    }

    @Override
    protected void save() {
        ProviderSettings settings = new ProviderSettings(name.getValue().strip(), kind.getValue(), url.getValue().strip(),
                Optional.of(apiVersion.getValue().strip()).filter(text -> !text.isEmpty()),
                currency.getValue().strip().toUpperCase(Locale.ROOT), optional(requests), optional(tokens),
                required(concurrency), required(timeout),
                cap.getValue() == null ? OptionalLong.empty() : OptionalLong.of(Amounts.micros(cap.getValue())));
        Optional<String> entered = Optional.of(key.getValue()).filter(text -> !text.isBlank());
        if (read.isPresent()) {
            providers.change(read.get(), settings, entered);
        } else {
            providers.add(settings, entered);
        }
    }

    private static OptionalInt optional(IntegerField field) {
        return field.getValue() == null ? OptionalInt.empty() : OptionalInt.of(field.getValue());
    }

    private static int required(IntegerField field) {
        return Optional.ofNullable(field.getValue()).orElseThrow(() -> new Refused(field.getLabel() + " ?"));
    }
}
