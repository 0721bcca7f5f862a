package org.laudable.dataset.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.laudable.labeling.BulkKind;
import org.laudable.labeling.Reservation;
import org.laudable.project.LabelClass;

/** Says what will be done to how many items, and asks for what it needs: a class, or for whom. */
final class BulkDialog extends Dialog {
    private final ComboBox<LabelClass> labelClass = new ComboBox<>();
    private final ComboBox<Target> target = new ComboBox<>();

    /** What was chosen; {@code classId} only for labels. */
    record Choice(Long classId, Optional<Reservation> reserved) {}

    private record Target(String name, Reservation reservation) {}

    BulkDialog(BulkKind kind, long items, List<LabelClass> classes, Map<Long, String> people, List<String> groups, Consumer<Choice> confirmed) {
        setHeaderTitle(getTranslation("dataset.bulk." + kind));
        setWidth("480px");
        setMaxWidth("96vw");
        Div body = new Div(new Paragraph(getTranslation("dataset.bulk." + kind + ".about", items)));
        body.addClassName("bulk-form");
        Button confirm = new Button(getTranslation("dataset.bulk." + kind + ".do", items), click -> {
            close();
            confirmed.accept(new Choice(labelClass.getOptionalValue().map(LabelClass::id).orElse(null),
                    target.getOptionalValue().map(Target::reservation)));
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        if (kind == BulkKind.LABEL) {
            labelClass.setLabel(getTranslation("dataset.items.class"));
            labelClass.setItems(classes);
            labelClass.setItemLabelGenerator(LabelClass::name);
            labelClass.addValueChangeListener(change -> confirm.setEnabled(change.getValue() != null));
            confirm.setEnabled(false);
            body.add(labelClass);
        }
        if (kind == BulkKind.QUEUE) {
            List<Target> targets = new ArrayList<>();
            groups.forEach(group -> targets.add(new Target(getTranslation("team.group", group), Reservation.forGroup(group))));
            people.forEach((id, name) -> targets.add(new Target(name, Reservation.forPerson(id))));
            target.setLabel(getTranslation("dataset.bulk.for"));
            target.setPlaceholder(getTranslation("dataset.bulk.anybody"));
            target.setClearButtonVisible(true);
            target.setItems(targets);
            target.setItemLabelGenerator(Target::name);
            body.add(target);
        }
        add(body);
        getFooter().add(new Button(getTranslation("ui.cancel"), click -> close()), confirm);
    }
}
