package org.laudable.series.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import org.laudable.Refused;
import org.laudable.series.SeriesSettings;
import org.laudable.series.SeriesTemplate;

/** How series are searched: the field they are from, what is normal there, what a miss costs, what questions are for. */
public final class NormalForm extends Div {
    private final Select<SeriesTemplate> template = new Select<>();
    private final TextArea normal = new TextArea();
    private final NumberField missCost = new NumberField();
    private final Paragraph costMeaning = new Paragraph();
    private final RadioButtonGroup<String> acquisition = new RadioButtonGroup<>();
    private final RadioButtonGroup<String> preset = new RadioButtonGroup<>();
    private boolean reading;

    public NormalForm() {
        addClassNames("settings-form", "normal-form");
        template.setLabel(getTranslation("series.template"));
        template.setItems(SeriesTemplate.values());
        template.setItemLabelGenerator(one -> getTranslation("series.template." + one.key()));
        template.addValueChangeListener(change -> take(change.getOldValue(), change.getValue()));
        normal.setLabel(getTranslation("series.normal"));
        normal.setHelperText(getTranslation("series.normal.help"));
        normal.setMaxLength(4_000);
        normal.setMinRows(4);
        normal.setWidthFull();
        missCost.setLabel(getTranslation("series.missCost"));
        missCost.setMin(.1);
        missCost.setMax(1_000);
        missCost.setValueChangeMode(ValueChangeMode.LAZY);
        missCost.addValueChangeListener(change -> tellTheCost());
        costMeaning.addClassNames("small", "secondary");
        choice(acquisition, "series.acquisition", "mixed", "learn", "find");
        choice(preset, "series.preset", "laudable", "paper");
        add(template, normal, missCost, costMeaning, acquisition, preset);
    }

    public void read(SeriesSettings settings) {
        reading = true;
        template.setValue(SeriesTemplate.named(settings.template()));
        normal.setValue(settings.normal());
        missCost.setValue(settings.missCost());
        acquisition.setValue(settings.acquisition());
        preset.setValue(settings.preset());
        reading = false;
        tellTheCost();
    }

    /** @throws Refused if the cost is missing or out of bounds */
    public SeriesSettings write() {
        if (missCost.getValue() == null || missCost.isInvalid()) {
            throw new Refused(getTranslation("series.missCost.number"));
        }
        return new SeriesSettings(preset.getValue(), acquisition.getValue(), missCost.getValue(), template.getValue().key(), normal.getValue().strip());
    }

    /** A template's words come in unless a person wrote other ones. */
    private void take(SeriesTemplate before, SeriesTemplate chosen) {
        if (reading) {
            return;
        }
        boolean untouched = normal.getValue().isBlank() || before != null && normal.getValue().equals(words(before));
        if (untouched) {
            normal.setValue(words(chosen));
        }
        missCost.setValue(chosen.missCost());
    }

    private String words(SeriesTemplate one) {
        return one == SeriesTemplate.OTHER ? "" : getTranslation("series.template." + one.key() + ".normal");
    }

    private void tellTheCost() {
        Double cost = missCost.getValue();
        costMeaning.setText(cost == null || cost <= 0 ? "" : getTranslation("series.missCost.means", String.format(getLocale(), "%.0f %%", 100 / (1 + cost))));
    }

    private void choice(RadioButtonGroup<String> group, String key, String... values) {
        group.setLabel(getTranslation(key));
        group.setItems(values);
        group.setItemLabelGenerator(one -> getTranslation(key + "." + one));
        group.addThemeName("vertical");
    }
}
