package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.dataset.Origin;
import org.laudable.labeling.BulkAction;
import org.laudable.labeling.BulkService;
import org.laudable.labeling.ModelLabels;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/**
 * Accepts many labels of models after a reviewer has judged a random sample of them. The bar is set before anything is judged;
 * a sample that does not reach it accepts nothing. For reviewers and managers.
 */
@ApplicationScoped
public class SampleService {
    /** Counts above it are not told exactly while a reviewer still chooses. */
    public static final int MANY = 10_000;
    private static final int MOST = 200;
    private static final int ENDED = 3;

    private final ProjectAccess access;
    private final ModelLabels labels;
    private final SampleRepository samples;
    private final ClaimRepository claims;
    private final ReviewItemRepository items;
    private final BulkService bulk;
    private final AuditLog audit;

    SampleService(ProjectAccess access, ModelLabels labels, SampleRepository samples, ClaimRepository claims, ReviewItemRepository items,
            BulkService bulk, AuditLog audit) {
        this.access = access;
        this.labels = labels;
        this.samples = samples;
        this.claims = claims;
        this.items = items;
        this.bulk = bulk;
        this.audit = audit;
    }

    /** How many labels fit, counted up to one more than {@link #MANY}. */
    public long fitting(long projectId, ReviewQueue queue, Long classId, Float floor) {
        access.require(projectId, Role.REVIEWER);
        return labels.count(projectId, which(queue, classId, floor), MANY + 1);
    }

    /**
     * Draws a sample for the signed-in reviewer.
     *
     * @throws Refused if it could show nothing, or they are at one already
     */
    public SampleCheck draw(long projectId, SampleCheck.Draw draw) {
        User user = access.require(projectId, Role.REVIEWER);
        if (draw.size() < SampleCheck.LEAST || draw.size() > MOST) {
            throw new Refused("A sample has between %d and %d labels.".formatted(SampleCheck.LEAST, MOST));
        }
        if (!(draw.bar() > 0 && draw.bar() < SampleCheck.best(draw.size()))) {
            throw new Refused("A sample of %d cannot show that: even if all are right, the lower bound is %.1f %%. Choose a larger sample or a lower bar."
                    .formatted(draw.size(), 100 * SampleCheck.best(draw.size())));
        }
        if (samples.open(projectId, user.id()).isPresent()) {
            throw new Refused("You are at a sample already. Judge it to its end, or give it up.");
        }
        ModelLabels.Which which = which(draw.queue(), draw.classId(), draw.floor());
        long newest = labels.newest();
        long found = labels.count(projectId, which, Integer.MAX_VALUE);
        if (found <= draw.size()) {
            throw new Refused("Only %,d labels fit. Judge them one by one, or choose more.".formatted(found));
        }
        long id = samples.insert(projectId, user.id(), draw, newest, found, labels.draw(projectId, which, draw.size()));
        audit.record("labels.sampled", "sample:" + id, projectId, Map.of("found", found, "size", draw.size(), "bar", draw.bar()));
        return open(projectId).orElseThrow();
    }

    /** The sample the signed-in reviewer is at. */
    public Optional<SampleCheck> open(long projectId) {
        return samples.open(projectId, access.require(projectId, Role.REVIEWER).id());
    }

    /** Samples of a queue that came to an end, the newest first. */
    public List<SampleCheck> ended(long projectId, ReviewQueue queue) {
        access.require(projectId, Role.REVIEWER);
        return samples.ended(projectId, queue, ENDED);
    }

    /** The next item of the reviewer's sample that nobody else has on the screen. */
    public Optional<ReviewItem> next(long projectId, List<Long> passed) {
        User user = access.require(projectId, Role.REVIEWER);
        claims.release(projectId, user.id());
        return samples.open(projectId, user.id()).flatMap(check -> samples.waiting(check.id(), passed).stream()
                .filter(item -> claims.claim(projectId, item, user.id())).findFirst()).flatMap(item -> items.find(projectId, item, null));
    }

    /**
     * Accepts the labels the sample stands for, as they are. Left out: what changed since it was drawn, the audit sample, and
     * what people are asked about or have said something of.
     *
     * @throws Refused if the sample is not judged to its end, or does not reach the bar
     */
    public BulkAction accept(long projectId) {
        access.require(projectId, Role.REVIEWER);
        SampleCheck check = open(projectId).orElseThrow(() -> new Refused("This sample has come to its end already."));
        if (check.waiting() > 0) {
            throw new Refused("%d labels of the sample are not judged yet.".formatted(check.waiting()));
        }
        if (!check.passed()) {
            throw new Refused("The sample does not reach the bar, so nothing is accepted.");
        }
        BulkAction action = bulk.accept(projectId, new BulkAction.Acceptance(check.id(),
                which(check.queue(), check.classId(), check.floor()), check.newestResolution()), check.found() - check.size());
        samples.end(check, SampleCheck.State.ACCEPTED, action.id());
        audit.record("labels.accepted", "sample:" + check.id(), projectId, Map.of("agreed", check.agreed(), "judged", check.judged(), "bulk", action.id()));
        return action;
    }

    /** Ends the sample without accepting anything: it failed, or the reviewer gives it up. Verdicts given stay. */
    public void end(long projectId) {
        access.require(projectId, Role.REVIEWER);
        open(projectId).ifPresent(check -> samples.end(check,
                check.waiting() == 0 && !check.passed() ? SampleCheck.State.FAILED : SampleCheck.State.DROPPED, null));
    }

    private static ModelLabels.Which which(ReviewQueue queue, Long classId, Float floor) {
        if (!queue.bulk()) {
            throw new Refused("Only labels of models are accepted by a sample.");
        }
        return new ModelLabels.Which(queue == ReviewQueue.LLM ? List.of(Origin.LLM) : List.of(Origin.MODEL, Origin.PROPAGATED), classId, floor);
    }
}
