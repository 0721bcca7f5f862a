package org.laudable.security.ui;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.UI;

/** Fired on an open page when its person may only look from now on, or may change things again. */
public final class ReadOnlyChanged extends ComponentEvent<UI> {
    private final boolean readOnly;

    ReadOnlyChanged(UI page, boolean readOnly) {
        super(page, false);
        this.readOnly = readOnly;
    }

    public boolean readOnly() {
        return readOnly;
    }
}
