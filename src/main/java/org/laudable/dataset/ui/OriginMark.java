package org.laudable.dataset.ui;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;
import org.laudable.dataset.Origin;

/** Who says so, by the colour and shape it has everywhere. */
public final class OriginMark extends Span {
    public OriginMark(Origin origin, String text) {
        super(text);
        addClassNames("origin", origin.name().toLowerCase(Locale.ROOT));
        setTitle(getTranslation("dataset.origin." + origin));
    }
}
