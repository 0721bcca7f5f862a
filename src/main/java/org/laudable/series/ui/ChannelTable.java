package org.laudable.series.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import org.laudable.series.Channel;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;
import org.laudable.ui.Notices;

/** The channels of a series: what each measures, in which unit; edited in place by managers. */
final class ChannelTable extends Div {
    private final transient SeriesInfo info;
    private final transient SeriesService series;
    private final transient Notices notices;
    private final Checkbox everywhere = new Checkbox();

    ChannelTable(SeriesInfo info, boolean editable, SeriesService series, Notices notices) {
        this.info = info;
        this.series = series;
        this.notices = notices;
        addClassName("channel-table");
        if (editable) {
            everywhere.setLabel(getTranslation("series.channel.everywhere"));
            everywhere.setValue(true);
            add(everywhere);
        }
        info.channels().forEach(channel -> add(row(channel, editable)));
    }

    private Component row(Channel channel, boolean editable) {
        Span name = new Span(channel.name());
        name.addClassName("column-name");
        Span state = new Span(channel.missing() == info.points() ? getTranslation("series.channel.empty")
                : channel.constant() ? getTranslation("series.channel.constant")
                : channel.missing() > 0 ? getTranslation("series.channel.missing", channel.missing()) : "");
        state.addClassNames("small", "secondary", "channel-state");
        Div row = new Div(name, state);
        row.addClassName("channel-row");
        if (!editable) {
            row.add(new Span(channel.unit()), new Span(channel.description()));
            return row;
        }
        TextField unit = field("series.unit", "series.unit.of", channel, channel.unit(), 40);
        TextField description = field("series.channel.description", "series.channel.descriptionOf", channel, channel.description(), 500);
        unit.addValueChangeListener(change -> save(channel, unit, description));
        description.addValueChangeListener(change -> save(channel, unit, description));
        row.add(unit, description);
        return row;
    }

    private TextField field(String placeholder, String label, Channel channel, String value, int longest) {
        TextField field = new TextField();
        field.setPlaceholder(getTranslation(placeholder));
        field.setAriaLabel(getTranslation(label, channel.name()));
        field.setMaxLength(longest);
        field.setValue(value);
        return field;
    }

    private void save(Channel channel, TextField unit, TextField description) {
        series.describeChannel(info.id(), channel.ordinal(), unit.getValue(), description.getValue(), everywhere.getValue());
        notices.info(getTranslation("series.channel.saved", channel.name()));
    }
}
