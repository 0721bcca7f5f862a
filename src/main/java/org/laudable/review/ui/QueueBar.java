package org.laudable.review.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import java.text.NumberFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.laudable.review.ReviewQueue;

/** The queues with what waits in each; the chosen one is marked. */
final class QueueBar extends Div {
    private final Map<ReviewQueue, NativeButton> buttons = new EnumMap<>(ReviewQueue.class);
    private final Map<ReviewQueue, Span> counts = new EnumMap<>(ReviewQueue.class);
    private ReviewQueue shown;

    /** @param series whether the project is of series, which have no labels by models to accept */
    QueueBar(boolean series, Consumer<ReviewQueue> chosen) {
        addClassName("review-queues");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", getTranslation("review.queues"));
        for (ReviewQueue queue : ReviewQueue.values()) {
            if (queue == ReviewQueue.CONFUSED || series && queue.bulk()) {
                continue;
            }
            Span count = new Span();
            count.addClassNames("count", "num");
            NativeButton button = new NativeButton();
            button.add(new Span(getTranslation("review.queue." + queue)), count);
            button.addClassName("review-queue");
            button.getElement().setAttribute("title", getTranslation("review.queue." + queue + ".why"));
            button.getElement().setAttribute("data-testid", "queue-" + queue);
            button.addClickListener(click -> chosen.accept(queue));
            buttons.put(queue, button);
            counts.put(queue, count);
            add(button);
        }
    }

    void show(Map<ReviewQueue, Long> waiting, ReviewQueue current) {
        if (current != shown && buttons.containsKey(current)) {
            buttons.get(current).getElement().executeJs("this.scrollIntoView({ block: 'nearest', inline: 'center' })");
        }
        shown = current;
        buttons.forEach((queue, button) -> {
            button.getElement().setAttribute("aria-pressed", Boolean.toString(queue == current));
            counts.get(queue).setText(waiting.containsKey(queue) ? count(waiting.get(queue)) : "");
            button.setClassName("nothing", waiting.getOrDefault(queue, 1L) == 0);
        });
    }

    private String count(long waiting) {
        NumberFormat number = NumberFormat.getIntegerInstance(getLocale());
        return waiting > ReviewQueue.MANY ? getTranslation("review.many", number.format(ReviewQueue.MANY)) : number.format(waiting);
    }
}
