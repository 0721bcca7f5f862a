package org.laudable.loop.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.time.Duration;
import java.util.Optional;

/** What is counted, how far it is, a bar, and how long it will take. */
public final class ProgressLine extends Div {
    private final Figures figures;
    private final Span label = new Span();
    private final Span count = new Span();
    private final Span left = new Span();
    private final ProgressBar bar = new ProgressBar();

    public ProgressLine(Figures figures) {
        this.figures = figures;
        addClassName("run-progress");
        count.addClassName("num");
        left.addClassNames("secondary", "small");
        Div head = new Div(label, count);
        head.addClassName("run-progress-head");
        add(head, bar, left);
    }

    public void show(String name, long done, long total, Optional<Duration> timeLeft) {
        label.setText(name);
        count.setText(figures.text("run.of", figures.count(done), figures.count(total)));
        bar.setValue(total == 0 ? 0 : Math.min(1.0, (double) done / total));
        bar.getElement().setAttribute("aria-label", name);
        left.setText(timeLeft.map(duration -> figures.text("run.left", figures.duration(duration))).orElse(""));
        left.setVisible(timeLeft.isPresent());
        setVisible(true);
    }
}
