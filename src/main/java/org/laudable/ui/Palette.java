package org.laudable.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import java.util.List;

/** Ctrl-K: type where to go. */
final class Palette extends Dialog {

    /**
     * One place to go.
     *
     * @param path without a slash at its start
     */
    record Place(String name, String path) {}

    Palette(List<Place> places) {
        setHeaderTitle(getTranslation("ui.goTo"));
        setWidth("480px");
        ComboBox<Place> box = new ComboBox<>();
        box.setItems(places);
        box.setItemLabelGenerator(Place::name);
        box.setPlaceholder(getTranslation("ui.goToHint"));
        box.setAriaLabel(getTranslation("ui.goTo"));
        box.setWidthFull();
        box.setAutofocus(true);
        box.setAutoOpen(true);
        box.addValueChangeListener(change -> {
            if (change.getValue() != null) {
                close();
                UI.getCurrent().navigate(change.getValue().path());
            }
        });
        add(box);
    }
}
