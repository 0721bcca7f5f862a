package org.laudable.notification.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import org.laudable.dataset.ui.When;
import org.laudable.notification.Notification;
import org.laudable.notification.NotificationService;

/** A person's notifications, the newest first; each leads to its place. */
final class NotificationList extends Div {
    private static final int PAGE = 30;

    private final NotificationService notifications;
    private final Runnable close;
    private final NotificationText words = new NotificationText(this);
    private final UnorderedList entries = new UnorderedList();
    private final Paragraph empty = new Paragraph(getTranslation("notification.empty"));
    private final Button clear = new Button(getTranslation("notification.readAll"), click -> clear());
    private final Button older = new Button(getTranslation("notification.older"), click -> older());
    private long newest;
    private long oldest;

    /** @param close shuts the surface the list is on: one of its places was chosen */
    NotificationList(NotificationService notifications, Runnable close) {
        this.notifications = notifications;
        this.close = close;
        addClassName("notifications");
        clear.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        older.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        empty.addClassName("secondary");
        H2 title = new H2(getTranslation("notification.title"));
        Div head = new Div(title, clear);
        head.addClassName("head");
        add(head, empty, entries, older);
    }

    /** Shows what there is now. */
    void read() {
        entries.removeAll();
        List<Notification> page = notifications.mine(0, PAGE);
        newest = page.isEmpty() ? 0 : page.getFirst().id();
        empty.setVisible(page.isEmpty());
        entries.setVisible(!page.isEmpty());
        clear.setVisible(notifications.unread() > 0);
        show(page);
    }

    private void older() {
        show(notifications.mine(oldest, PAGE));
    }

    private void clear() {
        notifications.markAllRead(newest);
        read();
    }

    private void show(List<Notification> page) {
        page.forEach(notification -> entries.add(entry(notification)));
        oldest = page.isEmpty() ? oldest : page.getLast().id();
        older.setVisible(page.size() == PAGE);
    }

    private ListItem entry(Notification notification) {
        Span text = new Span(words.of(notification));
        text.addClassName("text");
        Anchor link = new Anchor(notification.path(), text);
        String note = notification.noteKey().map(key -> getTranslation(key, notification.noteArguments()))
                .orElse(notification.args().getOrDefault("note", ""));
        if (!note.isBlank()) {
            Span second = new Span(note);
            second.addClassName("note");
            link.add(second);
        }
        Span place = new Span(new Span(notification.projectName()), new Span(" · "), new When(notification.createdAt()));
        place.addClassName("place");
        link.add(place);
        if (!notification.read()) {
            Span mark = new Span(getTranslation("notification.new"));
            mark.addClassName("visually-hidden");
            link.addComponentAsFirst(mark);
        }
        link.getElement().addEventListener("click", click -> {
            notifications.markRead(notification.id());
            close.run();
        });
        ListItem entry = new ListItem(link);
        entry.setClassName("unread", !notification.read());
        return entry;
    }
}
