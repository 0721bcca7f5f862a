package org.laudable.ui;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import jakarta.enterprise.context.ApplicationScoped;

/** Short messages at the foot of the page: what happened, and the way back where there is one. */
@ApplicationScoped
public class Notices {
    private static final int SHORT_MILLIS = 4_000;
    private static final int LONG_MILLIS = 9_000;

    /** Says that something was done. */
    public void info(String message) {
        show(message, SHORT_MILLIS);
    }

    /** Says what could not be done and what to do; stays longer and is announced at once. */
    public void error(String message) {
        Notification notification = show(message, LONG_MILLIS);
        notification.addThemeVariants(NotificationVariant.ERROR);
        notification.setAssertive(true);
    }

    /** Says what was done and offers to take it back. */
    public void undoable(String message, Runnable undo) {
        Notification notification = new Notification();
        Button button = new Button(UI.getCurrent().getTranslation("ui.undo"), click -> {
            notification.close();
            undo.run();
        });
        button.addThemeVariants(ButtonVariant.SMALL);
        Div content = new Div(new Text(message), button);
        content.addClassName("notice-undo");
        notification.add(content);
        notification.setDuration(LONG_MILLIS);
        notification.setPosition(Notification.Position.BOTTOM_CENTER);
        notification.open();
    }

    private static Notification show(String message, int millis) {
        return Notification.show(message, millis, Notification.Position.BOTTOM_CENTER);
    }
}
