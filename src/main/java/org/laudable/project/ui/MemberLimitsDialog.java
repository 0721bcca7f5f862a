package org.laudable.project.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.laudable.Refused;
import org.laudable.labeling.Assignment;
import org.laudable.labeling.MemberLimits;
import org.laudable.project.LabelClass;
import org.laudable.project.Member;

/** What one member is handed: a daily cap, the classes they are asked about, and the groups they are in. */
final class MemberLimitsDialog extends Dialog {
    private final IntegerField cap = new IntegerField();
    private final MultiSelectComboBox<LabelClass> skills = new MultiSelectComboBox<>();
    private final MultiSelectComboBox<String> groups = new MultiSelectComboBox<>();
    private final Div message = new Div();

    MemberLimitsDialog(Assignment assignment, long project, Member member, MemberLimits now, List<LabelClass> classes,
            List<String> known, Runnable saved) {
        setHeaderTitle(getTranslation("team.limits.of", member.displayName()));
        setWidth("520px");
        setMaxWidth("96vw");
        message.addClassName("form-error");
        message.getElement().setAttribute("role", "alert");
        message.setVisible(false);
        cap.setLabel(getTranslation("team.limits.cap"));
        cap.setHelperText(getTranslation("team.limits.cap.why"));
        cap.setPlaceholder(getTranslation("team.limits.none"));
        cap.setMin(1);
        cap.setMax(100_000);
        cap.setClearButtonVisible(true);
        cap.setValue(now.dailyCap());
        skills.setLabel(getTranslation("team.limits.skills"));
        skills.setHelperText(getTranslation("team.limits.skills.why"));
        skills.setPlaceholder(getTranslation("team.limits.all"));
        skills.setItems(classes.stream().filter(one -> !one.retired()).toList());
        skills.setItemLabelGenerator(LabelClass::name);
        skills.setValue(classes.stream().filter(one -> !one.retired() && now.skills().contains(one.id())).toList());
        Set<String> names = new TreeSet<>(known);
        groups.setLabel(getTranslation("team.limits.groups"));
        groups.setHelperText(getTranslation("team.limits.groups.why"));
        groups.setAllowCustomValue(true);
        groups.setItems(names);
        groups.setValue(now.groups());
        groups.addCustomValueSetListener(typed -> {
            Set<String> chosen = new TreeSet<>(groups.getValue());
            names.add(typed.getDetail().strip());
            chosen.add(typed.getDetail().strip());
            groups.setItems(names);
            groups.setValue(chosen);
        });
        Div fields = new Div(message, cap, skills, groups);
        fields.addClassName("limits-form");
        add(fields);
        Button save = new Button(getTranslation("ui.save"), click -> {
            try {
                assignment.limit(project, member.accountId(), cap.getValue(), skills.getValue().stream().map(LabelClass::id).toList(),
                        new ArrayList<>(groups.getValue()));
                close();
                saved.run();
            } catch (Refused refused) {
                message.setText(refused.getMessage());
                message.setVisible(true);
            }
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(getTranslation("ui.cancel"), click -> close()), save);
    }
}
