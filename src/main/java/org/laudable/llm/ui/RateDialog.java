package org.laudable.llm.ui;

import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Locale;
import org.laudable.Refused;
import org.laudable.llm.ProviderService;
import org.laudable.ui.FormDialog;

/** What one unit of a provider's currency is worth in a project's, from today on. */
final class RateDialog extends FormDialog {
    private final ProviderService providers;
    private final TextField from = new TextField();
    private final TextField to = new TextField();
    private final BigDecimalField rate = new BigDecimalField();

    RateDialog(ProviderService providers, String fromCurrency, Runnable done) {
        super("", done);
        this.providers = providers;
        setHeaderTitle(getTranslation("llm.rate.set"));
        from.setLabel(getTranslation("llm.rate.from"));
        from.setValue(fromCurrency);
        from.setMaxLength(3);
        to.setLabel(getTranslation("llm.rate.to"));
        to.setValue(fromCurrency.equals("EUR") ? "USD" : "EUR");
        to.setMaxLength(3);
        rate.setLabel(getTranslation("llm.rate.rate"));
        rate.setAutofocus(true);
        fields().add(line(from, to, rate));
    }

    @Override
    protected void save() {
        if (rate.getValue() == null) {
            throw new Refused(getTranslation("llm.rate.missing"));
        }
        providers.setRate(from.getValue().strip().toUpperCase(Locale.ROOT), to.getValue().strip().toUpperCase(Locale.ROOT), rate.getValue());
    }
}
