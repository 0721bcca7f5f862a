package org.laudable.notification.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.notification.NotificationNews;
import org.laudable.notification.NotificationService;
import org.laudable.security.OnBehalf;
import org.laudable.security.User;
import org.laudable.ui.Icon;

/** The bell in the top bar: how many unread notifications there are, live, and the list of all. */
public final class Bell extends NativeButton {
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(500);

    private final User user;
    private final NotificationService notifications;
    private final NotificationNews news;
    private final Span count = new Span();
    private final Span spoken = new Span();
    private final NotificationList list;
    private final Popover popover;
    private Runnable unsubscribe = () -> {};

    public Bell(User user, NotificationService notifications, NotificationNews news) {
        this.user = user;
        this.notifications = notifications;
        this.news = news;
        addClassName("bell");
        count.addClassName("count");
        count.getElement().setAttribute("aria-hidden", "true");
        spoken.addClassName("visually-hidden");
        spoken.getElement().setAttribute("role", "status");
        add(Icon.BELL.create(), count, spoken);
        getElement().setAttribute("aria-haspopup", "dialog");
        popover = new Popover();
        list = new NotificationList(notifications, popover::close);
        popover.add(list);
        popover.setTarget(this);
        popover.setPosition(PopoverPosition.BOTTOM_END);
        popover.setAutofocus(true);
        popover.setModal(true, false);
        popover.setAriaLabel(getTranslation("notification.title"));
        popover.addOpenedChangeListener(opened -> {
            if (opened.isOpened()) {
                list.read();
            }
        });
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        UI ui = attached.getUI();
        LiveRefresh refresh = new LiveRefresh(AT_MOST_EVERY, () -> refresh(ui));
        unsubscribe = news.subscribe(user.id(), refresh::news);
        show(notifications.unread());
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        unsubscribe.run();
    }

    private void refresh(UI ui) {
        AtomicInteger unread = new AtomicInteger();
        OnBehalf.of(user, () -> unread.set(notifications.unread()));
        ui.access(() -> {
            show(unread.get());
            if (popover.isOpened()) {
                list.read();
            }
        });
    }

    private void show(int unread) {
        String figure = unread > NotificationService.MOST ? NotificationService.MOST + "+" : Integer.toString(unread);
        count.setText(figure);
        count.setVisible(unread > 0);
        String sentence = unread == 0 ? getTranslation("notification.none") : getTranslation("notification.unread", figure);
        getElement().setAttribute("aria-label", getTranslation("notification.title") + ", " + sentence);
        getElement().setAttribute("title", sentence);
        spoken.setText(sentence);
    }
}
