package org.laudable.review.ui;

import com.vaadin.flow.component.Component;
import java.util.function.Consumer;

/** Keys pressed anywhere on the page but in a field or dialog, and a sign of life each minute. */
final class ReviewKeys {
    private static final String LISTEN = """
            const page = this;
            const inField = event => event.composedPath().some(one => one.matches
              && one.matches('input, textarea, select, vaadin-dialog, [role=dialog], [contenteditable], vaadin-combo-box'));
            const keys = event => {
              if (!page.isConnected) { document.removeEventListener('keydown', keys); return; }
              const undo = (event.ctrlKey || event.metaKey) && event.key === 'z';
              if (inField(event) || document.querySelector('vaadin-dialog[opened]') || event.repeat || event.altKey || (event.ctrlKey || event.metaKey) && !undo) return;
              const key = undo ? 'Backspace' : event.key;
              if (!/^[0-9shngub?\\/]$|^Backspace$/.test(key)) return;
              event.preventDefault();
              page.dispatchEvent(new CustomEvent('review-key', { detail: { key } }));
            };
            document.addEventListener('keydown', keys);
            const alive = setInterval(() => {
              if (!page.isConnected) { clearInterval(alive); return; }
              if (!document.hidden) page.dispatchEvent(new CustomEvent('review-alive'));
            }, 60000);
            """;

    private ReviewKeys() {}

    /** Call when the page is attached. */
    static void listen(Component page) {
        page.getElement().executeJs(LISTEN);
    }

    /** Call once. */
    static void hear(Component page, Consumer<String> key, Runnable alive) {
        page.getElement().addEventListener("review-key", event -> key.accept(event.getEventData().get("event.detail.key").asString()))
                .addEventData("event.detail.key");
        page.getElement().addEventListener("review-alive", event -> alive.run());
    }
}
