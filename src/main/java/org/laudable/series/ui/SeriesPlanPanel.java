package org.laudable.series.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.laudable.engine.series.file.SourceGroup;
import org.laudable.engine.series.file.SourcePlan;
import org.laudable.series.ImportFile;
import org.laudable.series.KnownLabels;
import org.laudable.series.SeriesImport;
import org.laudable.series.SeriesImportService;
import org.laudable.series.SeriesPreview;
import org.laudable.ui.Icon;

/** Uploaded files of series before they go in: what each is, how it is read, and how the first series look. */
public final class SeriesPlanPanel extends Div {
    private static final int SHOWN_FILES = 12;
    private static final int SHOWN_REFUSALS = 8;

    private final transient SeriesImportService imports;
    private final transient SeriesImport draft;
    private final transient Runnable changed;
    private final Div previews = new Div();
    private final Paragraph summary = new Paragraph();
    private final ComboBox<String> zone = new ComboBox<>();
    private final RadioButtonGroup<KnownLabels> labels = new RadioButtonGroup<>();
    private transient SourcePlan plan;

    /** @param changed called when files were taken out of the draft */
    public SeriesPlanPanel(SeriesImportService imports, SeriesImport draft, Runnable changed) {
        this.imports = imports;
        this.draft = draft;
        this.changed = changed;
        this.plan = draft.plan().orElseThrow();
        addClassName("series-plan");
        previews.addClassName("series-previews");
        summary.addClassName("secondary");
        choices();
        add(summary, files());
        refusals();
        for (int i = 0; i < plan.groups().size(); i++) {
            int at = i;
            add(new GroupForm(plan.groups().get(i), changedGroup -> {
                List<SourceGroup> groups = new ArrayList<>(plan.groups());
                groups.set(at, changedGroup);
                plan = plan.with(groups);
                show();
            }));
        }
        add(zone, labels, previews);
        show();
    }

    /** Saves the choices. */
    public void save() {
        imports.configure(draft, plan, chosenZone(), labels.getValue());
    }

    /** Whether any file holds a series. */
    public boolean usable() {
        return plan.series() > 0;
    }

    private void choices() {
        zone.setLabel(getTranslation("series.plan.zone"));
        zone.setHelperText(getTranslation("series.plan.zone.help"));
        zone.setItems(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        zone.setValue(draft.zone().getId());
        zone.addClassName("zone");
        zone.setVisible(plan.groups().stream().anyMatch(group -> group.time().local()));
        zone.addValueChangeListener(change -> show());
        labels.setLabel(getTranslation("series.plan.labels"));
        labels.setItems(KnownLabels.values());
        labels.setItemLabelGenerator(one -> getTranslation("series.plan.labels." + one));
        labels.addThemeName("vertical");
        labels.setValue(draft.labels());
    }

    private ZoneId chosenZone() {
        return zone.getValue() == null ? draft.zone() : ZoneId.of(zone.getValue());
    }

    private Component files() {
        Div chips = new Div();
        chips.addClassName("file-chips");
        for (ImportFile file : draft.files().stream().limit(SHOWN_FILES).toList()) {
            Button remove = new Button(Icon.CLOSE.create(), click -> {
                imports.removeFile(draft.projectId(), draft.id(), file.id());
                changed.run();
            });
            remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            remove.setAriaLabel(getTranslation("series.plan.removeFile", file.name()));
            Span size = new Span(Spans.size(file.bytes(), getLocale()));
            size.addClassName("secondary");
            Div chip = new Div(new Span(file.name()), size, remove);
            chip.addClassName("file-chip");
            chips.add(chip);
        }
        if (draft.files().size() > SHOWN_FILES) {
            chips.add(new Span(getTranslation("series.plan.more", draft.files().size() - SHOWN_FILES)));
        }
        return chips;
    }

    private void refusals() {
        if (plan.refused().isEmpty()) {
            return;
        }
        UnorderedList list = new UnorderedList();
        plan.refused().stream().limit(SHOWN_REFUSALS).forEach(one -> list.add(new ListItem(one.path() + ": " + one.reason())));
        if (plan.refused().size() > SHOWN_REFUSALS) {
            list.add(new ListItem(getTranslation("series.plan.more", plan.refused().size() - SHOWN_REFUSALS)));
        }
        Div note = new Div(new Span(getTranslation("series.plan.refused", plan.refused().size())), list);
        note.addClassNames("note", "warn");
        add(note);
    }

    private void show() {
        summary.setText(getTranslation("series.plan.summary", draft.files().size(), plan.series()));
        labels.setVisible(plan.labelled());
        previews.removeAll();
        if (!usable()) {
            return;
        }
        List<SeriesPreview> found = imports.preview(draft.projectId(), draft.id(), plan, chosenZone());
        H3 title = new H3(getTranslation(plan.series() > found.size() ? "series.plan.firstSeries" : "series.plan.allSeries", found.size()));
        previews.add(title);
        found.forEach(one -> previews.add(new PreviewCard(one, chosenZone())));
    }
}
