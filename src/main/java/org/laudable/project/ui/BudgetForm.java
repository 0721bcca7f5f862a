package org.laudable.project.ui;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Locale;
import org.laudable.Refused;
import org.laudable.project.BudgetSettings;
import org.laudable.project.Project;
import org.laudable.project.RateKind;

/** What labels may cost. */
final class BudgetForm extends SettingsForm {
    private final TextField currency = new TextField();
    private final BigDecimalField cap = new BigDecimalField();
    private final Select<RateKind> rateKind = new Select<>();
    private final BigDecimalField rate = new BigDecimalField();
    private final IntegerField maxSeconds = number("project.maxSeconds", 1, 86_400);

    BudgetForm() {
        currency.setLabel(getTranslation("project.currency"));
        currency.setMaxLength(3);
        currency.setPlaceholder("EUR");
        cap.setLabel(getTranslation("project.cap"));
        cap.setPlaceholder(getTranslation("project.cap.none"));
        rateKind.setLabel(getTranslation("project.rateKind"));
        rateKind.setItems(RateKind.values());
        rateKind.setItemLabelGenerator(kind -> getTranslation("project.rateKind." + kind));
        rateKind.addValueChangeListener(change -> {
            rate.setVisible(change.getValue() != RateKind.NONE);
            rate.setLabel(getTranslation("project.rate." + change.getValue()));
            maxSeconds.setVisible(change.getValue() == RateKind.PER_HOUR);
        });
        rate.setVisible(false);
        maxSeconds.setVisible(false);
        add(new Why(rateKind, "project.rateKind", "project.rateKind.why"), rate, maxSeconds,
                new Why(cap, "project.cap", "project.cap.why"), currency);
    }

    @Override
    void read(Project project) {
        BudgetSettings budget = project.budget();
        currency.setValue(budget.currency());
        cap.setValue(budget.capMicros() == null ? null : Money.amount(budget.capMicros()));
        rateKind.setValue(budget.rateKind());
        rate.setValue(budget.rateMicros() == 0 ? null : Money.amount(budget.rateMicros()));
        maxSeconds.setValue(budget.maxTaskSeconds());
    }

    @Override
    Project write(Project project) {
        try {
            boolean paid = rateKind.getValue() != RateKind.NONE;
            return project.withBudget(new BudgetSettings(currency.getValue().strip().toUpperCase(Locale.ROOT),
                    cap.getValue() == null ? null : Money.micros(cap.getValue()), rateKind.getValue(),
                    !paid || rate.getValue() == null ? 0 : Money.micros(rate.getValue()), required(maxSeconds)));
        } catch (ArithmeticException e) {
            throw new Refused(getTranslation("project.money.tooLarge"));
        }
    }
}
