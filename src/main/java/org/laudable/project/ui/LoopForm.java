package org.laudable.project.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.data.value.ValueChangeMode;
import org.laudable.Refused;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.project.LabelingSettings;
import org.laudable.project.LoopSettings;
import org.laudable.project.Project;
import org.laudable.project.StoppingSettings;

/** How the loop starts, asks, measures itself and stops. */
final class LoopForm extends SettingsForm {
    private static final double SHOWN_TARGET = .9;

    private final IntegerField audit = number("project.audit", 0, 100_000);
    private final Paragraph proves = new Paragraph();
    private final IntegerField batch = number("project.batch", 1, 10_000);
    private final Select<String> start = new Select<>();
    private final Select<String> strategy = new Select<>();
    private final Checkbox stopBudget = new Checkbox();
    private final Checkbox stopTarget = new Checkbox();
    private final NumberField target = new NumberField();
    private final Checkbox stopStable = new Checkbox();
    private final Checkbox stopGain = new Checkbox();
    private final NumberField gain = new NumberField();

    LoopForm() {
        audit.setValueChangeMode(ValueChangeMode.LAZY);
        audit.addValueChangeListener(change -> tellWhatItProves());
        proves.addClassNames("small", "secondary", "proves");
        start.setLabel(getTranslation("project.start"));
        start.setItems("prior", "confirm");
        start.setItemLabelGenerator(one -> getTranslation("project.start." + one));
        strategy.setLabel(getTranslation("project.strategy"));
        strategy.setItems("influence", "random", "least-confidence", "margin", "entropy", "typicality", "margin-diverse");
        strategy.setItemLabelGenerator(one -> getTranslation("project.strategy." + one));
        stopBudget.setLabel(getTranslation("project.stop.budget"));
        stopStable.setLabel(getTranslation("project.stop.stable"));
        rule(stopTarget, "project.stop.target", target, "%", .5, 99.9);
        rule(stopGain, "project.stop.gain", gain, getTranslation("project.stop.points"), 0, 999);
        H3 stopping = new H3(getTranslation("project.stop"));
        Paragraph explained = new Paragraph(getTranslation("project.stop.help"));
        explained.addClassNames("small", "secondary");
        add(new Why(audit, "project.audit", "project.audit.why"), proves, new Why(batch, "project.batch", "project.batch.why"),
                new Why(start, "project.start", "project.start.why"), new Why(strategy, "project.strategy", "project.strategy.why"),
                stopping, explained, stopBudget, row(stopTarget, target), stopStable, row(stopGain, gain));
    }

    @Override
    void read(Project project) {
        audit.setValue(project.labeling().auditSize());
        batch.setValue(project.labeling().batchSize());
        start.setValue(project.loop().startMode());
        strategy.setValue(project.loop().strategy());
        StoppingSettings stopping = project.loop().stopping();
        stopBudget.setValue(stopping.budget());
        stopStable.setValue(stopping.stable());
        stopTarget.setValue(stopping.targetAccuracy() != null);
        target.setValue(stopping.targetAccuracy() == null ? 90 : Math.round(stopping.targetAccuracy() * 1_000) / 10.0);
        stopGain.setValue(stopping.gainFloor() != null);
        gain.setValue(stopping.gainFloor() == null ? .1 : stopping.gainFloor());
        gain.setSuffixComponent(new Span(getTranslation("project.stop.points", project.budget().currency())));
        tellWhatItProves();
    }

    @Override
    Project write(Project project) {
        LabelingSettings before = project.labeling();
        StoppingSettings stopping = new StoppingSettings(stopBudget.getValue(), stopTarget.getValue() ? given(target) / 100 : null,
                stopStable.getValue(), stopGain.getValue() ? given(gain) : null);
        return project.withLabeling(before.withSizes(required(audit), required(batch)))
                .withLoop(new LoopSettings(start.getValue(), strategy.getValue(), stopping, project.loop().oracle()));
    }

    private Double given(NumberField field) {
        if (field.getValue() == null || field.isInvalid()) {
            throw new Refused(getTranslation("project.form.number", field.getAriaLabel().orElse("")));
        }
        return field.getValue();
    }

    private void rule(Checkbox on, String key, NumberField figure, String unit, double least, double most) {
        on.setLabel(getTranslation(key));
        figure.setAriaLabel(getTranslation(key));
        figure.setMin(least);
        figure.setMax(most);
        figure.setStep(.1);
        figure.setSuffixComponent(new Span(unit));
        figure.setVisible(false);
        on.addValueChangeListener(change -> figure.setVisible(change.getValue()));
    }

    private static Div row(Checkbox on, NumberField figure) {
        Div row = new Div(on, figure);
        row.addClassName("rule-row");
        return row;
    }

    /** Half of the sample reports; what share it must get right before 90 % is shown with 95 % confidence. */
    private void tellWhatItProves() {
        int size = audit.getValue() == null ? 0 : Math.max(0, audit.getValue());
        int reporting = size / 2;
        if (reporting == 0) {
            proves.setText(getTranslation("project.audit.nothing"));
            return;
        }
        int needed = Binomial.fewestSuccesses(reporting, SHOWN_TARGET, .95);
        proves.setText(needed < 0 ? getTranslation("project.audit.tooFew", reporting)
                : getTranslation("project.audit.proves", reporting, String.format(getLocale(), "%.1f %%", 100.0 * needed / reporting)));
    }
}
