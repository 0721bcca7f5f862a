package org.laudable.series.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.laudable.Refused;
import org.laudable.series.SeriesEvent;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;

/** Adds an event, or changes one. */
final class EventDialog extends Dialog {
    private final transient SeriesInfo info;
    private final DateTimePicker from = new DateTimePicker();
    private final DateTimePicker to = new DateTimePicker();
    private final TextField explains = new TextField();
    private final Checkbox weekly = new Checkbox();
    private final Checkbox everywhere = new Checkbox();

    /** @param event null: a new one */
    EventDialog(SeriesInfo info, SeriesEvent event, SeriesService series, Runnable done) {
        super();
        this.info = info;
        setHeaderTitle(getTranslation(event == null ? "series.events.add" : "series.event.edit"));
        setWidth("560px");
        Instant start = event == null ? info.endsAt().truncatedTo(ChronoUnit.HOURS) : event.from();
        picker(from, "series.event.from", start);
        picker(to, "series.event.to", event == null ? start.plus(Duration.ofHours(1)) : event.to());
        explains.setLabel(getTranslation("series.event.explains"));
        explains.setWidthFull();
        explains.setMaxLength(4_000);
        weekly.setLabel(getTranslation("series.event.weekly.choice"));
        everywhere.setLabel(getTranslation("series.event.everywhere.choice"));
        if (event != null) {
            explains.setValue(event.explains());
            weekly.setValue(event.weekly());
            everywhere.setValue(event.seriesId() == null);
        }
        Div body = new Div(explains, from, to, weekly, everywhere);
        body.addClassName("dialog-body");
        add(body);
        Button save = new Button(getTranslation("project.save"), click -> {
            Long seriesId = everywhere.getValue() ? null : (Long) info.id();
            if (event == null) {
                series.addEvent(info.projectId(), seriesId, moment(from), moment(to), weekly.getValue(), explains.getValue());
            } else {
                series.changeEvent(new SeriesEvent(event.id(), info.projectId(), seriesId, moment(from), moment(to), weekly.getValue(), explains.getValue()));
            }
            close();
            done.run();
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(getTranslation("project.cancel"), click -> close()), save);
        addOpenedChangeListener(change -> explains.focus());
    }

    private void picker(DateTimePicker picker, String key, Instant moment) {
        picker.setLabel(getTranslation(key, info.zone().getId()));
        picker.setStep(Duration.ofMinutes(1));
        picker.setLocale(getLocale());
        picker.setValue(LocalDateTime.ofInstant(moment, info.zone()));
    }

    private Instant moment(DateTimePicker picker) {
        if (picker.getValue() == null) {
            throw new Refused(getTranslation("series.event.noTime"));
        }
        return picker.getValue().atZone(info.zone()).toInstant();
    }
}
