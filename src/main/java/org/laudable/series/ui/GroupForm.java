package org.laudable.series.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.laudable.engine.series.file.ColumnRole;
import org.laudable.engine.series.file.Machine;
import org.laudable.engine.series.file.SourceColumn;
import org.laudable.engine.series.file.SourceFormat;
import org.laudable.engine.series.file.SourceGroup;
import org.laudable.engine.series.file.TimeForm;

/** How files of one form are read: what each column is for, in which unit, and how times are written. */
final class GroupForm extends Div {
    private static final Set<ColumnRole> SINGLE = Set.of(ColumnRole.TIME, ColumnRole.LABEL, ColumnRole.SERIES, ColumnRole.CHANNEL_NAME, ColumnRole.VALUE);
    private static final int SHOWN_MACHINES = 30;

    private final transient Consumer<SourceGroup> changed;
    private final Div body = new Div();
    private transient SourceGroup group;

    GroupForm(SourceGroup group, Consumer<SourceGroup> changed) {
        this.group = group;
        this.changed = changed;
        addClassName("series-group");
        body.addClassName("series-group-body");
        add(new H3(getTranslation("series.group.title", getTranslation("series.format." + group.format()), group.size())), body);
        show();
    }

    private void change(SourceGroup other) {
        group = other;
        show();
        changed.accept(group);
    }

    private void show() {
        body.removeAll();
        body.add(times());
        if (group.format() == SourceFormat.SMD) {
            body.add(machines());
        } else {
            body.add(columns());
        }
        if (group.format() != SourceFormat.SMD && group.time() == TimeForm.ROWS) {
            Paragraph note = new Paragraph(getTranslation("series.group.noTime"));
            note.addClassNames("note", "warn");
            body.add(note);
        }
    }

    private Component times() {
        Select<TimeForm> form = new Select<>();
        form.setLabel(getTranslation("series.group.time"));
        form.setItems(TimeForm.values());
        form.setItemLabelGenerator(one -> getTranslation("series.time." + one));
        form.setValue(group.time());
        form.setReadOnly(group.format() == SourceFormat.SMD);
        form.addClassName("wide");
        form.addValueChangeListener(event -> change(group.withTime(event.getValue(), group.stepSeconds())));
        NumberField step = new NumberField(getTranslation("series.group.step"));
        step.setMin(.001);
        step.setMax(31_622_400);
        step.setValue(group.stepSeconds());
        step.setSuffixComponent(new Span("s"));
        step.setVisible(group.time().counted());
        step.addValueChangeListener(event -> {
            if (event.getValue() != null && !step.isInvalid() && event.getValue() >= .001) {
                change(group.withTime(group.time(), event.getValue()));
            }
        });
        Div row = new Div(form, step);
        row.addClassName("field-row");
        return row;
    }

    private Component columns() {
        Div table = new Div();
        table.addClassName("column-rows");
        for (int i = 0; i < group.columns().size(); i++) {
            table.add(column(i));
        }
        return table;
    }

    private Component column(int index) {
        SourceColumn column = group.columns().get(index);
        Span name = new Span(column.name());
        name.addClassName("column-name");
        Select<ColumnRole> role = new Select<>();
        role.setItems(ColumnRole.values());
        role.setItemLabelGenerator(one -> getTranslation("series.role." + one));
        role.setValue(column.role());
        role.setAriaLabel(getTranslation("series.role.of", column.name()));
        role.addValueChangeListener(event -> change(group.withColumns(assigned(index, event.getValue()))));
        TextField unit = new TextField();
        unit.setPlaceholder(getTranslation("series.unit"));
        unit.setAriaLabel(getTranslation("series.unit.of", column.name()));
        unit.setMaxLength(40);
        unit.setValue(column.unit());
        unit.setVisible(column.role() == ColumnRole.CHANNEL);
        unit.addValueChangeListener(event -> {
            List<SourceColumn> columns = new ArrayList<>(group.columns());
            columns.set(index, column.in(event.getValue().strip()));
            group = group.withColumns(columns);
            changed.accept(group);
        });
        Div row = new Div(name, role, unit);
        row.addClassName("column-row");
        return row;
    }

    /** Time, label and the columns of long tables are one each: choosing another frees the earlier one. */
    private List<SourceColumn> assigned(int index, ColumnRole role) {
        List<SourceColumn> columns = new ArrayList<>(group.columns());
        if (SINGLE.contains(role)) {
            columns.replaceAll(column -> column.role() == role ? column.as(ColumnRole.IGNORED) : column);
        }
        columns.set(index, group.columns().get(index).as(role));
        return columns;
    }

    private Component machines() {
        Div list = new Div();
        list.addClassName("column-rows");
        for (int i = 0; i < Math.min(SHOWN_MACHINES, group.machines().size()); i++) {
            int at = i;
            Machine machine = group.machines().get(i);
            Span name = new Span(machine.name());
            name.addClassName("column-name");
            Span parts = new Span(getTranslation(machine.train() == null ? "series.machine.noTrain" : "series.machine.train") + " · "
                    + getTranslation(machine.labels() == null ? "series.machine.noLabels" : "series.machine.labels"));
            parts.addClassNames("small", "secondary");
            Button swap = new Button(getTranslation("series.machine.swap"), click -> {
                List<Machine> machines = new ArrayList<>(group.machines());
                machines.set(at, machine.swapped());
                change(group.withMachines(machines));
            });
            swap.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            swap.setVisible(machine.train() != null);
            Div row = new Div(name, parts, swap);
            row.addClassName("column-row");
            list.add(row);
        }
        if (group.machines().size() > SHOWN_MACHINES) {
            list.add(new Span(getTranslation("series.plan.more", group.machines().size() - SHOWN_MACHINES)));
        }
        return list;
    }
}
