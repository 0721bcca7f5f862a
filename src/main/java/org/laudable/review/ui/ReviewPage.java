package org.laudable.review.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import io.quarkus.security.ForbiddenException;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.laudable.Refused;
import org.laudable.dataset.ItemService;
import org.laudable.dataset.ui.ItemDrawer;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.BulkService;
import org.laudable.labeling.Interval;
import org.laudable.live.ProjectEvents;
import org.laudable.loop.ui.LiveRefresh;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.review.RequeueService;
import org.laudable.review.ReviewItem;
import org.laudable.review.ReviewQueue;
import org.laudable.review.ReviewService;
import org.laudable.review.ReviewWish;
import org.laudable.review.SampleCheck;
import org.laudable.review.SampleService;
import org.laudable.review.Verdict;
import org.laudable.security.CurrentUser;
import org.laudable.security.OnBehalf;
import org.laudable.security.User;
import org.laudable.series.SeriesService;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** Review: what is disputed or risky, one item after the other, decided by a key. */
@Route("projects/:projectId/review")
@PermitAll
class ReviewPage extends ProjectPage implements ReviewCard.Acts {
    private static final Logger LOG = Logger.getLogger(ReviewPage.class);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(2);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final ReviewService review;
    private final SampleService samples;
    private final BulkService bulk;
    private final RequeueService requeue;
    private final ProjectService projects;
    private final ItemService items;
    private final SeriesService series;
    private final ProjectEvents events;
    private final Notices notices;
    private final User user;
    private final Div body = new Div();
    private final Span said = new Span();
    private final Deque<Long> verdicts = new ArrayDeque<>();
    private final List<Long> passed = new ArrayList<>();
    private QueueBar bar;
    private SampleLane lane;
    private ReviewCard card;
    private ItemDrawer drawer;
    private ReviewWish wish;
    private Optional<ReviewItem> shown = Optional.empty();
    private Runnable unsubscribe = () -> { };

    ReviewPage(ProjectAccess access, ReviewService review, SampleService samples, BulkService bulk, RequeueService requeue, ProjectService projects, ItemService items,
            SeriesService series, ProjectEvents events, Notices notices, CurrentUser currentUser) {
        super(access, Role.REVIEWER, "ui.review");
        this.review = review;
        this.samples = samples;
        this.bulk = bulk;
        this.requeue = requeue;
        this.projects = projects;
        this.items = items;
        this.series = series;
        this.events = events;
        this.notices = notices;
        this.user = currentUser.require();
        addClassName("review-page");
        body.addClassName("review-body");
        said.addClassNames("secondary", "review-said");
        said.getElement().setAttribute("role", "status");
        ReviewKeys.hear(this, this::key, () -> shown.ifPresent(item -> review.stay(projectId(), item.id())));
    }

    @Override
    protected void build() {
        bar = new QueueBar(projects.find(projectId()).kind() == ProjectKind.SERIES, this::choose);
        card = new ReviewCard(projects.classes(projectId()), this);
        lane = new SampleLane(samples, bulk, notices, projectId(), projects.classes(projectId()), this::next);
        drawer = new ItemDrawer(() -> drawer.hide());
        verdicts.clear();
        passed.clear();
        Button guidelines = new Button(getTranslation("project.guidelines"), click -> guidelines());
        guidelines.getElement().setAttribute("aria-keyshortcuts", "g");
        Button undo = new Button(getTranslation("ui.undo"), click -> undo());
        undo.getElement().setAttribute("aria-keyshortcuts", "Backspace");
        Button keys = new Button(getTranslation("review.keys"), click -> new KeysDialog().open());
        keys.getElement().setAttribute("aria-keyshortcuts", "?");
        keys.addClassName("review-keys-button");
        Div actions = new Div(said, undo, guidelines, keys);
        actions.addClassName("actions");
        Div head = new Div(new H1(getTranslation("ui.review")), actions);
        head.addClassName("page-head");
        body.removeAll();
        Div main = new Div(body, drawer);
        main.addClassName("review-main");
        add(head, bar, lane, main);
        begin();
    }

    /** A link may name an item (?item=12), a queue (?queue=LLM) or two confused classes (?first=3&second=5). */
    private void begin() {
        Optional<Long> item = queried("item");
        Optional<Long> first = queried("first");
        Optional<Long> second = queried("second");
        Map<ReviewQueue, Long> counts = review.counts(projectId());
        wish = first.isPresent() && second.isPresent()
                ? new ReviewWish(ReviewQueue.CONFUSED, List.of(), first.get(), second.get())
                : ReviewWish.of(queue().orElseGet(() -> Stream.of(ReviewQueue.values()).filter(queue -> counts.getOrDefault(queue, 0L) > 0)
                        .findFirst().orElse(ReviewQueue.DISAGREEMENT)), List.of());
        if (item.isPresent()) {
            show(review.item(projectId(), item.get()));
        } else {
            next();
        }
    }

    private Optional<ReviewQueue> queue() {
        return queriedText("queue").flatMap(name -> Stream.of(ReviewQueue.values())
                .filter(queue -> queue != ReviewQueue.CONFUSED && queue.name().equals(name)).findFirst());
    }

    private void choose(ReviewQueue queue) {
        passed.clear();
        wish = ReviewWish.of(queue, passed);
        next();
    }

    private void next() {
        wish = new ReviewWish(wish.queue(), List.copyOf(passed), wish.first(), wish.second());
        lane.refresh(wish.queue());
        Optional<SampleCheck> check = lane.check();
        if (check.isPresent()) {
            wish = new ReviewWish(check.get().queue(), wish.passed(), null, null);
            show(lane.next(wish.passed()));
        } else {
            show(review.next(projectId(), wish));
        }
    }

    private void show(Optional<ReviewItem> item) {
        shown = item;
        drawer.hide();
        bar.show(review.counts(projectId()), wish.queue());
        body.removeAll();
        if (item.isPresent()) {
            card.show(item.get(), wish.queue());
            body.add(card);
        } else if (lane.check().isEmpty() || lane.check().get().waiting() > 0) {
            body.add(empty());
        }
    }

    private Div empty() {
        Div empty = new Div(new H2(getTranslation(passed.isEmpty() ? "review.empty" : "review.empty.passed")),
                new Paragraph(getTranslation("review.empty.text")));
        if (!passed.isEmpty()) {
            empty.add(new Button(getTranslation("review.again"), click -> choose(wish.queue())));
        }
        empty.addClassName("empty");
        empty.getElement().setAttribute("data-testid", "review-empty");
        return empty;
    }

    private void key(String key) {
        switch (key) {
            case "Backspace", "u" -> undo();
            case "g" -> guidelines();
            case "b" -> lane.toggle();
            case "?" -> new KeysDialog().open();
            case String any when shown.isEmpty() -> { }
            case "0" -> decide(null, null);
            case "s" -> sendBack();
            case "n" -> pass();
            case "h" -> history();
            case "/" -> card.find();
            default -> card.choose(key.charAt(0) - '0');
        }
    }

    @Override
    public void decide(Long classId, Interval interval) {
        ReviewItem item = shown.orElseThrow();
        act(item, () -> {
            verdicts.push(review.decide(projectId(), new Verdict(item.id(), item.version(), wish.queue(), classId, interval, lane.check().isPresent())));
            announce(getTranslation("review.decided", card.name(classId)));
            next();
        });
    }

    /** What was refused is said; then the item is shown as it stands now. */
    private void act(ReviewItem item, Runnable work) {
        try {
            work.run();
        } catch (Refused refused) {
            notices.error(refused.getMessage());
            show(review.item(projectId(), item.id()));
        }
    }

    /** In one place: a notice for each of many quick verdicts would cover the next item. */
    private void announce(String text) {
        said.setText(text);
    }

    private void undo() {
        if (verdicts.isEmpty()) {
            announce(getTranslation("review.nothingToUndo"));
            return;
        }
        ReviewItem again = review.undo(projectId(), verdicts.pop());
        lane.refresh(wish.queue());
        announce(getTranslation("review.undone"));
        show(Optional.of(again));
    }

    @Override
    public void sendBack() {
        ReviewItem item = shown.orElseThrow();
        List<ReviewItem.Answer> answers = item.answers().stream().filter(answer -> answer.kind() != AnswerKind.SKIP).toList();
        if (answers.isEmpty()) {
            return;
        }
        new SendBackDialog(answers, card::name, (accounts, note) -> act(item, () -> {
            review.sendBack(projectId(), item.id(), item.version(), note, accounts);
            announce(getTranslation("review.sentBack"));
            next();
        })).open();
    }

    @Override
    public void pass() {
        passed.add(shown.orElseThrow().id());
        next();
    }

    @Override
    public void history() {
        if (drawer.isVisible()) {
            drawer.hide();
        } else {
            drawer.show(items.history(projectId(), shown.orElseThrow().id()));
        }
    }

    private void guidelines() {
        new GuidelineDialog(projectId(), projects, requeue, notices, () -> bar.show(review.counts(projectId()), wish.queue())).open();
    }

    @Override
    public String stretch(long seriesId, int from, int to) {
        var zone = series.find(seriesId).zone();
        return MINUTE.format(series.moment(seriesId, from).atZone(zone)) + " – " + MINUTE.format(series.moment(seriesId, to - 1).atZone(zone));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        ReviewKeys.listen(this);
        long project = projectId();
        LiveRefresh refresh = LiveRefresh.of(AT_MOST_EVERY, event.getUI(), this, user, () -> review.counts(project), this::news,
                getTranslation("review.gone"));
        unsubscribe = events.subscribe(project, kind -> refresh.news());
        refresh.news(); // what happened since the page was built
    }

    /** The counts follow; an item that waits appears where none was. */
    private void news(Map<ReviewQueue, Long> counts) {
        bar.show(counts, wish.queue());
        if (shown.isEmpty() && passed.isEmpty() && lane.check().isEmpty() && counts.getOrDefault(wish.queue(), 0L) > 0) {
            OnBehalf.of(user, this::next); // news come without a request of the person's own
        }
    }

    @Override
    protected void onDetach(DetachEvent event) {
        unsubscribe.run();
        long project = projectId();
        OnBehalf.of(user, () -> {
            try {
                review.leave(project);
            } catch (ForbiddenException e) {
                LOG.debugf(e, "%s is no reviewer any more; the claim ends by itself", user.username());
            }
        });
        super.onDetach(event);
    }
}
