package org.laudable.review.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import java.util.List;
import java.util.function.Consumer;
import org.laudable.project.LabelClass;
import org.laudable.review.ReviewQueue;
import org.laudable.review.SampleCheck;
import org.laudable.review.SampleService;

/** Which labels are to be accepted, how large the sample is, and what it must show. */
final class SampleForm extends Div {
    private static final int SIZE = 40;
    private static final int BAR = 90;

    private final SampleService samples;
    private final long projectId;
    private final ReviewQueue queue;
    private final ComboBox<LabelClass> labelClass = new ComboBox<>();
    private final IntegerField floor = new IntegerField();
    private final IntegerField size = new IntegerField();
    private final IntegerField bar = new IntegerField();
    private final Span fitting = new Span();
    private final Button draw;

    SampleForm(SampleService samples, long projectId, ReviewQueue queue, List<LabelClass> classes, Consumer<SampleCheck.Draw> drawn, Runnable cancel) {
        this.samples = samples;
        this.projectId = projectId;
        this.queue = queue;
        addClassName("sample-form");
        labelClass.setLabel(getTranslation("review.sample.class"));
        labelClass.setPlaceholder(getTranslation("review.sample.anyClass"));
        labelClass.setClearButtonVisible(true);
        labelClass.setItems(classes.stream().filter(one -> !one.retired()).toList());
        labelClass.setItemLabelGenerator(LabelClass::name);
        number(floor, "review.sample.floor", 0, 100, null);
        floor.setClearButtonVisible(true);
        number(size, "review.sample.size", 20, 200, SIZE);
        number(bar, "review.sample.bar", 1, 99, BAR);
        draw = new Button(getTranslation("review.sample.draw"), click -> drawn.accept(choice()));
        draw.addThemeVariants(ButtonVariant.PRIMARY);
        draw.addClickShortcut(Key.ENTER).listenOn(this);
        draw.getElement().setAttribute("data-testid", "sample-draw");
        fitting.addClassNames("num", "secondary");
        fitting.getElement().setAttribute("role", "status");
        Div fields = new Div(labelClass, floor, size, bar);
        fields.addClassName("sample-fields");
        Div line = new Div(draw, new Button(getTranslation("ui.cancel"), click -> cancel.run()), fitting);
        line.addClassName("sample-line");
        add(fields, line);
        labelClass.addValueChangeListener(change -> count());
        floor.addValueChangeListener(change -> count());
        size.addValueChangeListener(change -> promise());
        bar.addValueChangeListener(change -> promise());
        count();
        promise();
    }

    private void number(IntegerField field, String label, int least, int most, Integer value) {
        field.setLabel(getTranslation(label));
        field.setMin(least);
        field.setMax(most);
        field.setStepButtonsVisible(true);
        field.setValue(value);
    }

    private SampleCheck.Draw choice() {
        return new SampleCheck.Draw(queue, labelClass.getOptionalValue().map(LabelClass::id).orElse(null), least(), size.getValue(), bar.getValue() / 100.0);
    }

    private Float least() {
        return floor.isEmpty() || floor.getValue() == 0 ? null : Float.valueOf(floor.getValue() / 100f);
    }

    private void count() {
        long found = samples.fitting(projectId, queue, labelClass.getOptionalValue().map(LabelClass::id).orElse(null), least());
        fitting.setText(found > SampleService.MANY ? getTranslation("review.sample.fittingMany", SampleService.MANY) : getTranslation("review.sample.fitting", found));
        allow();
    }

    /** What the sample could show at best: a bar above it cannot be reached. */
    private void promise() {
        boolean reachable = !size.isEmpty() && !bar.isEmpty() && 100 * SampleCheck.best(size.getValue()) > bar.getValue();
        size.setHelperText(size.isEmpty() ? "" : getTranslation("review.sample.best", size.getValue(),
                String.format(getLocale(), "%.1f %%", 100 * SampleCheck.best(size.getValue()))));
        bar.setHelperText(getTranslation(reachable ? "review.sample.bar.help" : "review.sample.unreachable"));
        allow();
    }

    private void allow() {
        draw.setEnabled(!size.isInvalid() && !bar.isInvalid() && !floor.isInvalid() && !size.isEmpty() && !bar.isEmpty()
                && 100 * SampleCheck.best(size.getValue()) > bar.getValue());
    }
}
