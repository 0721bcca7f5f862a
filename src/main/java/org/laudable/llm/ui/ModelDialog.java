package org.laudable.llm.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Optional;
import org.laudable.llm.Model;
import org.laudable.llm.ModelSettings;
import org.laudable.llm.Prices;
import org.laudable.llm.Provider;
import org.laudable.llm.ProviderService;
import org.laudable.ui.FormDialog;

/** A model of a provider with its prices: new, or changed. */
final class ModelDialog extends FormDialog {
    private final ProviderService providers;
    private final Provider provider;
    private final Optional<Model> read;
    private final TextField name = new TextField();
    private final BigDecimalField input = new BigDecimalField();
    private final BigDecimalField cached = new BigDecimalField();
    private final BigDecimalField output = new BigDecimalField();
    private final IntegerField context = new IntegerField();
    private final IntegerField longest = new IntegerField();
    private final Checkbox jsonSchema = new Checkbox();
    private final Checkbox logprobs = new Checkbox();
    private final Checkbox fineTuning = new Checkbox();
    private final BigDecimalField training = new BigDecimalField();
    private final Checkbox temperature = new Checkbox();

    ModelDialog(ProviderService providers, Provider provider, Optional<Model> read, String title, Runnable done) {
        super(title, done);
        this.providers = providers;
        this.provider = provider;
        this.read = read;
        name.setLabel(getTranslation("llm.model.name"));
        name.setHelperText(getTranslation("llm.model.nameHint"));
        name.setRequiredIndicatorVisible(true);
        name.setAutofocus(true);
        input.setLabel(getTranslation("llm.price.input"));
        cached.setLabel(getTranslation("llm.price.cached"));
        output.setLabel(getTranslation("llm.price.output"));
        context.setLabel(getTranslation("llm.context"));
        longest.setLabel(getTranslation("llm.maxOutput"));
        jsonSchema.setLabel(getTranslation("llm.ability.jsonSchema"));
        logprobs.setLabel(getTranslation("llm.ability.logprobs"));
        fineTuning.setLabel(getTranslation("llm.ability.fineTuning"));
        training.setLabel(getTranslation("llm.model.training"));
        training.setVisible(false);
        fineTuning.addValueChangeListener(change -> training.setVisible(change.getValue()));
        temperature.setLabel(getTranslation("llm.ability.temperature"));
        Paragraph per = new Paragraph(getTranslation("llm.price.per", provider.settings().currency()));
        per.addClassNames("secondary", "small");
        fields().add(name, line(input, cached, output), per, line(context, longest), line(jsonSchema, logprobs), line(fineTuning, temperature), training);
        ModelSettings it = read.map(Model::settings).orElse(new ModelSettings("", new Prices(0, 0, 0), 128_000, 4_096,
                new ModelSettings.Abilities(true, false, false, true)));
        name.setValue(it.name());
        input.setValue(Amounts.units(it.prices().inputMicros()));
        cached.setValue(Amounts.units(it.prices().cachedInputMicros()));
        output.setValue(Amounts.units(it.prices().outputMicros()));
        context.setValue(it.contextTokens());
        longest.setValue(it.maxOutputTokens());
        jsonSchema.setValue(it.abilities().jsonSchema());
        logprobs.setValue(it.abilities().logprobs());
        fineTuning.setValue(it.abilities().fineTuning());
        training.setValue(Amounts.units(it.trainingMicros()));
        temperature.setValue(it.abilities().temperatureZero());
    }

    @Override
    protected void save() {
        if (negative(input) || negative(cached) || negative(output)) {
            throw new org.laudable.Refused(getTranslation("llm.price.negative"));
        }
        ModelSettings settings = new ModelSettings(name.getValue().strip(),
                new Prices(Amounts.micros(input.getValue()), Amounts.micros(cached.getValue()), Amounts.micros(output.getValue())),
                Optional.ofNullable(context.getValue()).orElse(0), Optional.ofNullable(longest.getValue()).orElse(0),
                new ModelSettings.Abilities(jsonSchema.getValue(), logprobs.getValue(), fineTuning.getValue(), temperature.getValue()),
                fineTuning.getValue() ? Amounts.micros(training.getValue()) : 0);
        if (read.isPresent()) {
            providers.changeModel(read.get(), settings);
        } else {
            providers.addModel(provider.id(), settings);
        }
    }

    private static boolean negative(BigDecimalField field) {
        return field.getValue() != null && field.getValue().signum() < 0;
    }
}
