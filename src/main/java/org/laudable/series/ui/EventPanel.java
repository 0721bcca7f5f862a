package org.laudable.series.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.List;
import org.laudable.series.EventFile;
import org.laudable.series.SeriesEvent;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;
import org.laudable.ui.Icon;
import org.laudable.ui.Notices;

/** Events on the time axis of a series, its own and those of the whole project: add, edit, delete, paste. */
final class EventPanel extends Div {
    private final transient SeriesInfo info;
    private final boolean editable;
    private final transient SeriesService series;
    private final transient Notices notices;
    private final transient Runnable changed;
    private final UnorderedList list = new UnorderedList();

    EventPanel(SeriesInfo info, boolean editable, SeriesService series, Notices notices, Runnable changed) {
        this.info = info;
        this.editable = editable;
        this.series = series;
        this.notices = notices;
        this.changed = changed;
        addClassNames("section", "event-panel");
        list.addClassNames("rows", "events");
        Div head = new Div(new H2(getTranslation("series.events")));
        head.addClassName("page-head");
        if (editable) {
            Button paste = new Button(getTranslation("series.events.paste"), click -> paste());
            Button add = new Button(getTranslation("series.events.add"), Icon.PLUS.create(), click -> new EventDialog(info, null, series, this::changed).open());
            Div buttons = new Div(paste, add);
            buttons.addClassName("row-actions");
            head.add(buttons);
        }
        Paragraph text = new Paragraph(getTranslation("series.events.text"));
        text.addClassName("secondary");
        add(head, text, list);
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        show();
    }

    private void changed() {
        show();
        changed.run();
    }

    private void show() {
        list.removeAll();
        List<SeriesEvent> all = series.events(info.id());
        all.forEach(event -> list.add(row(event)));
        if (all.isEmpty()) {
            ListItem none = new ListItem(getTranslation("series.events.empty"));
            none.addClassName("secondary");
            list.add(none);
        }
    }

    private ListItem row(SeriesEvent event) {
        Span what = new Span(event.explains());
        what.addClassName("event-text");
        Span when = new Span(event.from().equals(event.to()) ? Spans.time(event.from(), info.zone()) : Spans.span(event.from(), event.to(), info.zone()));
        when.addClassNames("small", "secondary", "num");
        Div words = new Div(what, when);
        words.addClassName("event-words");
        Div chips = new Div();
        chips.addClassName("chips");
        chip(chips, event.weekly(), "series.event.weekly");
        chip(chips, event.seriesId() == null, "series.event.everywhere");
        ListItem row = new ListItem(words, chips);
        if (editable) {
            Button edit = new Button(getTranslation("series.event.edit"), click -> new EventDialog(info, event, series, this::changed).open());
            edit.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            edit.setAriaLabel(getTranslation("series.event.editOf", event.explains()));
            Button delete = new Button(Icon.CLOSE.create(), click -> delete(event));
            delete.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            delete.setAriaLabel(getTranslation("series.event.delete", event.explains()));
            row.add(edit, delete);
        }
        return row;
    }

    private void chip(Div chips, boolean there, String key) {
        if (there) {
            Span chip = new Span(getTranslation(key));
            chip.addClassNames("chip", "accent");
            chips.add(chip);
        }
    }

    private void delete(SeriesEvent event) {
        SeriesEvent gone = series.deleteEvent(event.projectId(), event.id());
        changed();
        notices.undoable(getTranslation("series.event.deleted", gone.explains()), () -> {
            series.addEvent(gone.projectId(), gone.seriesId(), gone.from(), gone.to(), gone.weekly(), gone.explains());
            changed();
        });
    }

    private void paste() {
        Dialog dialog = new Dialog(getTranslation("series.events.paste"));
        dialog.setWidth("640px");
        TextArea text = new TextArea(getTranslation("series.events.lines"));
        text.setPlaceholder("2024-12-24 18:00,2024-12-26 23:59,Christmas\n2025-01-07 02:00,2025-01-07 03:00,Backup,weekly");
        text.setHelperText(getTranslation("series.events.zone", info.zone().getId()));
        text.setMinRows(8);
        text.setWidthFull();
        Checkbox everywhere = new Checkbox(getTranslation("series.event.everywhere.choice"));
        Div body = new Div(text, everywhere);
        body.addClassName("dialog-body");
        dialog.add(body);
        Button add = new Button(getTranslation("series.events.add"), click -> {
            int added = series.addEvents(info.projectId(),
                    EventFile.parse(text.getValue(), info.projectId(), everywhere.getValue() ? null : (Long) info.id(), info.name(), info.zone()));
            dialog.close();
            changed();
            notices.info(getTranslation("series.events.added", added));
        });
        add.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(getTranslation("project.cancel"), click -> dialog.close()), add);
        dialog.open();
    }
}
