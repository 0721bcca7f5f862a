package org.laudable.anomaly.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.RangeInput;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleFunction;
import org.laudable.anomaly.CostPreview;

/** What a missed anomaly costs, with what a change would bring before it is saved. */
final class CostSlider extends Section {
    private static final double[] COSTS = {.2, .5, 1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 100};

    private final AnomalyWords words;
    private final DoubleFunction<CostPreview> preview;
    private final RangeInput slider = new RangeInput();
    private final Paragraph says = new Paragraph();
    private final Paragraph brings = new Paragraph();
    private final Button save;
    private final boolean mayEdit;
    private double saved;

    CostSlider(AnomalyWords words, boolean mayEdit, DoubleFunction<CostPreview> preview, DoubleConsumer keep) {
        this.words = words;
        this.mayEdit = mayEdit;
        this.preview = preview;
        addClassNames("card", "anomaly-cost");
        slider.setMin(0);
        slider.setMax(COSTS.length - 1.0);
        slider.setStep(1.0);
        slider.setAriaLabel(words.text("anomaly.cost"));
        slider.setValueChangeMode(ValueChangeMode.EAGER);
        slider.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                moved();
            }
        });
        save = new Button(words.text("anomaly.cost.save"), click -> keep.accept(chosen()));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setDisableOnClick(true);
        brings.addClassName("secondary");
        brings.getElement().setAttribute("aria-live", "polite");
        Div row = new Div(slider, save);
        row.addClassName("anomaly-cost-row");
        add(new H2(words.text("anomaly.cost")), says, row, brings);
    }

    void show(double missCost) {
        if (missCost == saved) {
            return;
        }
        saved = missCost;
        slider.setValue((double) nearest(missCost));
        moved();
    }

    private static int nearest(double cost) {
        int best = 0;
        for (int i = 1; i < COSTS.length; i++) {
            best = Math.abs(Math.log(COSTS[i] / cost)) < Math.abs(Math.log(COSTS[best] / cost)) ? i : best;
        }
        return best;
    }

    private double chosen() {
        double cost = COSTS[(int) Math.round(slider.getValue())];
        return nearest(saved) == nearest(cost) ? saved : cost;
    }

    private void moved() {
        double cost = chosen();
        says.setText(words.text("anomaly.cost.says", number(cost)));
        slider.getElement().setAttribute("aria-valuetext", says.getText());
        boolean same = cost == saved;
        save.setVisible(mayEdit && !same);
        save.setEnabled(true);
        if (same) {
            brings.setText(words.text(mayEdit ? "anomaly.cost.now" : "anomaly.cost.now.looking"));
            return;
        }
        CostPreview p = preview.apply(cost);
        brings.setText(p.more() == 0 && p.fewer() == 0 ? words.text("anomaly.cost.nothing")
                : p.more() >= p.fewer() ? words.text("anomaly.cost.more", words.figures().count(p.more()), words.figures().count(Math.round(p.moreFalse())))
                : words.text("anomaly.cost.fewer", words.figures().count(p.fewer()), words.figures().count(Math.round(p.fewerTrue()))));
    }

    private String number(double cost) {
        return cost == Math.rint(cost) ? words.figures().count((long) cost) : String.format(words.figures().locale(), "%.1f", cost);
    }
}
