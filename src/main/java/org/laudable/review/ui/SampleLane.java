package org.laudable.review.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.engine.evaluation.Interval;
import org.laudable.labeling.BulkAction;
import org.laudable.labeling.BulkService;
import org.laudable.project.LabelClass;
import org.laudable.review.ReviewItem;
import org.laudable.review.ReviewQueue;
import org.laudable.review.SampleCheck;
import org.laudable.review.SampleService;
import org.laudable.ui.Notices;

/** Above a queue of models' labels: accept many of them, once a random sample was right. */
final class SampleLane extends Section {
    private final SampleService samples;
    private final BulkService bulk;
    private final Notices notices;
    private final long projectId;
    private final List<LabelClass> classes;
    private final Map<Long, String> names;
    private final Runnable changed;
    private Optional<SampleCheck> check = Optional.empty();
    private ReviewQueue queue = ReviewQueue.LLM;
    private boolean choosing;

    /** @param changed the page shows its queue anew */
    SampleLane(SampleService samples, BulkService bulk, Notices notices, long projectId, List<LabelClass> classes, Runnable changed) {
        this.samples = samples;
        this.bulk = bulk;
        this.notices = notices;
        this.projectId = projectId;
        this.classes = classes;
        this.names = classes.stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        this.changed = changed;
        addClassNames("card", "sample-lane");
        getElement().setAttribute("data-testid", "sample-lane");
        setVisible(false);
    }

    /** Reads how far the reviewer's sample is, and shows what can be done in this queue. */
    void refresh(ReviewQueue shown) {
        choosing = choosing && shown == queue;
        queue = shown;
        check = queue.bulk() ? samples.open(projectId) : Optional.empty();
        check.ifPresent(one -> queue = one.queue());
        setVisible(queue.bulk());
        removeAll();
        if (!queue.bulk()) {
            return;
        }
        check.ifPresentOrElse(this::underWay, choosing ? this::choose : this::offer);
    }

    /** The sample the reviewer is at, if this queue is a bulk lane. */
    Optional<SampleCheck> check() {
        return check;
    }

    Optional<ReviewItem> next(List<Long> passed) {
        return samples.next(projectId, passed);
    }

    /** Opens or closes the choice; nothing while a sample is judged. */
    void toggle() {
        if (queue.bulk() && check.isEmpty()) {
            choosing = !choosing;
            refresh(queue);
        }
    }

    private void offer() {
        Button many = new Button(getTranslation("review.sample.offer"), click -> toggle());
        Span key = new Span("b");
        key.addClassName("key");
        many.setSuffixComponent(key);
        many.getElement().setAttribute("aria-keyshortcuts", "b");
        many.getElement().setAttribute("data-testid", "sample-offer");
        Div line = new Div(many);
        line.addClassName("sample-line");
        samples.ended(projectId, queue).forEach(one -> line.add(ended(one)));
        add(line);
    }

    private void choose() {
        add(new H2(getTranslation("review.sample.title")), quiet(getTranslation("review.sample.about")),
                new SampleForm(samples, projectId, queue, classes, draw -> attempt(() -> {
                    samples.draw(projectId, draw);
                    choosing = false;
                }), this::toggle));
    }

    private void underWay(SampleCheck one) {
        String what = what(one);
        Button leave = new Button(getTranslation(one.waiting() == 0 && !one.passed() ? "review.sample.close" : "review.sample.giveUp"),
                click -> attempt(() -> samples.end(projectId)));
        leave.addThemeVariants(ButtonVariant.TERTIARY);
        Div line = new Div();
        line.addClassName("sample-line");
        if (one.waiting() > 0) {
            add(new H2(getTranslation("review.sample.judging", one.judged(), one.judged() + one.waiting())), quiet(what));
            line.add(new Span(getTranslation("review.sample.sofar", one.agreed(), one.judged())), leave);
        } else if (one.passed()) {
            Button accept = new Button(getTranslation("review.sample.accept", one.found() - one.size()), click -> accept());
            accept.addThemeVariants(ButtonVariant.PRIMARY);
            accept.setDisableOnClick(true);
            accept.getElement().setAttribute("data-testid", "sample-accept");
            add(new H2(getTranslation("review.sample.passed")), quiet(what), new Paragraph(outcome(one)));
            line.add(accept, leave);
        } else {
            add(new H2(getTranslation(one.judged() < 20 ? "review.sample.few" : "review.sample.failed")), quiet(what), new Paragraph(outcome(one)));
            line.add(leave);
        }
        add(line);
    }

    private void accept() {
        attempt(() -> {
            BulkAction action = samples.accept(projectId);
            if (action.state() == BulkAction.State.RUNNING) {
                notices.info(getTranslation("review.sample.running"));
            } else {
                notices.undoable(getTranslation("review.sample.done", action.changed()), () -> undo(action.id()));
            }
        });
    }

    private void undo(long actionId) {
        attempt(() -> bulk.undo(actionId));
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (Refused refused) {
            notices.error(refused.getMessage());
        }
        changed.run();
    }

    /** How an earlier sample came out, and the way back from what it accepted. */
    private Div ended(SampleCheck one) {
        Div line = new Div(new Span(what(one) + ": " + getTranslation("review.sample." + one.state(), one.agreed(), one.judged())));
        line.addClassNames("small", "secondary", "sample-ended");
        if (one.bulkId() == null) {
            return line;
        }
        bulk.find(projectId, one.bulkId()).ifPresent(action -> {
            line.add(new Span("·"), new Span(switch (action.state()) {
                case RUNNING -> getTranslation("dataset.bulk.running", action.changed() + action.skipped(), action.found());
                case DONE -> getTranslation("dataset.bulk.ACCEPT.done", action.changed());
                case UNDOING -> getTranslation("dataset.bulk.undoing", action.undone(), action.changed());
                case UNDONE -> getTranslation("dataset.bulk.undone", action.undone(), action.changed());
            }));
            if (action.state() == BulkAction.State.DONE && action.changed() > 0) {
                Button back = new Button(getTranslation("ui.undo"), click -> undo(action.id()));
                back.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
                back.getElement().setAttribute("data-testid", "sample-undo");
                line.add(back);
            }
        });
        return line;
    }

    private String what(SampleCheck one) {
        String name = one.classId() == null ? getTranslation("review.sample.anyClass") : names.getOrDefault(one.classId(), "–");
        return one.floor() == null ? getTranslation("review.sample.what", name, one.found())
                : getTranslation("review.sample.whatFrom", name, one.found(), percent(one.floor()));
    }

    private String outcome(SampleCheck one) {
        Interval interval = one.interval();
        return getTranslation("review.sample.outcome", one.agreed(), one.judged(), percent(interval.low()), percent(interval.high()),
                percent(one.lower()), percent(one.bar()));
    }

    private String percent(double share) {
        return String.format(getLocale(), "%.1f %%", 100 * share);
    }

    private static Paragraph quiet(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassNames("small", "secondary");
        return paragraph;
    }
}
