package org.laudable.anomaly.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.anomaly.JudgeService;
import org.laudable.anomaly.JudgeSettings;
import org.laudable.llm.Estimate;
import org.laudable.llm.UsableModels.UsableModel;
import org.laudable.llm.ui.EstimateText;
import org.laudable.loop.ui.Figures;

/** Chooses the language model that judges windows, with what it will cost said before. */
final class JudgeDialog extends Dialog {
    private static final int MICROS = 6;

    private final Figures figures;
    private final JudgeService judges;
    private final long project;
    private final Runnable saved;
    private final Select<UsableModel> model = new Select<>();
    private final IntegerField windows = new IntegerField();
    private final BigDecimalField cap = new BigDecimalField();
    private final Div estimate = new Div();
    private final Div message = new Div();

    JudgeDialog(Figures figures, JudgeService judges, long project, JudgeSettings now, List<UsableModel> models, Runnable saved) {
        this.figures = figures;
        this.judges = judges;
        this.project = project;
        this.saved = saved;
        setHeaderTitle(figures.text("anomaly.judge"));
        setWidth("560px");
        setMaxWidth("96vw");
        message.addClassName("form-error");
        message.getElement().setAttribute("role", "alert");
        message.setVisible(false);
        model.setLabel(figures.text("anomaly.judge.model"));
        model.setItems(models);
        model.setEmptySelectionAllowed(true);
        model.setEmptySelectionCaption(figures.text("anomaly.judge.nobody"));
        model.setItemLabelGenerator(one -> one == null ? figures.text("anomaly.judge.nobody") : one.title());
        model.setValue(models.stream().filter(one -> now.modelId() != null && one.id() == now.modelId()).findFirst().orElse(null));
        windows.setLabel(figures.text("anomaly.judge.windows"));
        windows.setHelperText(figures.text("anomaly.judge.windows.why"));
        windows.setMin(1);
        windows.setMax(JudgeSettings.MOST_WINDOWS);
        windows.setStepButtonsVisible(true);
        windows.setValue(now.windows());
        cap.setLabel(figures.text("anomaly.judge.cap"));
        cap.setPlaceholder(figures.text("anomaly.judge.cap.none"));
        cap.setHelperText(figures.text("anomaly.judge.cap.why"));
        cap.setValue(now.runCapMicros() == null ? null : BigDecimal.valueOf(now.runCapMicros(), MICROS).stripTrailingZeros());
        model.addValueChangeListener(change -> forecast());
        windows.addValueChangeListener(change -> forecast());
        cap.addValueChangeListener(change -> forecast());
        estimate.addClassName("forecast");
        estimate.getElement().setAttribute("aria-live", "polite");
        Paragraph leaves = new Paragraph(figures.text("anomaly.judge.leaves"));
        leaves.addClassNames("small", "secondary");
        Div fields = new Div(message, model, windows, cap, estimate, leaves);
        fields.addClassName("judge-form");
        add(fields);
        Button save = new Button(figures.text("ui.save"), click -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(figures.text("ui.cancel"), click -> close()), save);
        forecast();
    }

    private void forecast() {
        estimate.removeAll();
        if (model.getValue() == null || windows.getValue() == null || windows.isInvalid()) {
            return;
        }
        try {
            Optional<Estimate> known = judges.forecast(project, model.getValue().id(), windows.getValue());
            if (known.isEmpty()) {
                estimate.add(new Paragraph(figures.text("anomaly.judge.forecast.later")));
                return;
            }
            Estimate it = known.get();
            Paragraph basis = new Paragraph(figures.text(it.measured() ? "anomaly.judge.measured" : "anomaly.judge.guessed"));
            basis.addClassNames("small", "secondary");
            Paragraph caps = new Paragraph(EstimateText.caps(this, it, micros()));
            caps.addClassName("secondary");
            estimate.add(new Paragraph(EstimateText.line(this, it, "anomaly.judge.forecast")), caps, basis);
        } catch (Refused e) {
            estimate.add(new Paragraph(e.getMessage()));
        }
    }

    private Long micros() {
        return cap.getValue() == null ? null : cap.getValue().movePointRight(MICROS).setScale(0, RoundingMode.HALF_UP).longValue();
    }

    private void save() {
        try {
            if (windows.getValue() == null || windows.isInvalid()) {
                throw new Refused(figures.text("anomaly.judge.windows.range", JudgeSettings.MOST_WINDOWS));
            }
            judges.save(project, new JudgeSettings(Optional.ofNullable(model.getValue()).map(UsableModel::id).orElse(null), windows.getValue(), micros()));
        } catch (Refused e) {
            message.setText(e.getMessage());
            message.setVisible(true);
            return;
        }
        close();
        saved.run();
    }
}
