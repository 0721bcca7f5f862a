package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.laudable.Refused;
import org.laudable.labeling.ItemResolved;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.User;

/** A reviewer's work: what waits, the next item, a verdict, undo, an answer sent back. For reviewers and managers. */
@ApplicationScoped
public class ReviewService {
    private static final Logger LOG = Logger.getLogger(ReviewService.class);
    private static final int LONGEST_NOTE = 2_000;

    private final ProjectAccess access;
    private final QueueRepository queues;
    private final ClaimRepository claims;
    private final ReviewItemRepository items;
    private final Adjudication adjudication;
    private final ProjectEvents projectEvents;
    private final Event<ItemResolved> resolvedEvents;

    ReviewService(ProjectAccess access, QueueRepository queues, ClaimRepository claims, ReviewItemRepository items,
            Adjudication adjudication, ProjectEvents projectEvents, Event<ItemResolved> resolvedEvents) {
        this.access = access;
        this.queues = queues;
        this.claims = claims;
        this.items = items;
        this.adjudication = adjudication;
        this.projectEvents = projectEvents;
        this.resolvedEvents = resolvedEvents;
    }

    /** How many items wait in each queue that has an end; one more than {@link ReviewQueue#MANY} if it is more. */
    public Map<ReviewQueue, Long> counts(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return queues.counts(projectId);
    }

    /** The next item of a queue that nobody else has on the screen; it is this reviewer's for the next minutes. */
    @Transactional
    public Optional<ReviewItem> next(long projectId, ReviewWish wish) {
        User user = access.require(projectId, Role.REVIEWER);
        claims.release(projectId, user.id());
        return queues.candidates(projectId, wish, user.id()).stream()
                .filter(item -> claims.claim(projectId, item, user.id())).findFirst()
                .flatMap(item -> items.find(projectId, item, null));
    }

    /** One item, by its address or after an undo; says who else looks at it, if anybody does. */
    @Transactional
    public Optional<ReviewItem> item(long projectId, long itemId) {
        User user = access.require(projectId, Role.REVIEWER);
        Optional<ReviewItem> found = items.find(projectId, itemId, claims.other(itemId, user.id()).orElse(null));
        found.ifPresent(item -> claims.claim(projectId, itemId, user.id()));
        return found;
    }

    /** The reviewer is still at it. */
    public void stay(long projectId, long itemId) {
        User user = access.require(projectId, Role.REVIEWER);
        items.find(projectId, itemId, null).ifPresent(item -> claims.claim(projectId, itemId, user.id()));
    }

    /** The page closes. */
    public void leave(long projectId) {
        claims.release(projectId, access.require(projectId, Role.REVIEWER).id());
    }

    /**
     * Gives an item its label.
     *
     * @return the verdict's id, for undo
     * @throws Refused if the item has changed since it was shown
     */
    public long decide(long projectId, Verdict verdict) {
        User user = access.require(projectId, Role.REVIEWER);
        requireOfProject(projectId, verdict.itemId());
        Adjudication.Recorded recorded = adjudication.decide(projectId, user.id(), verdict);
        tell(projectId, Optional.of(recorded.news()));
        return recorded.verdictId();
    }

    /** Takes back a verdict of one's own: the item is as it was, and what annotators answered since then counts. */
    public ReviewItem undo(long projectId, long verdictId) {
        User user = access.require(projectId, Role.REVIEWER);
        Adjudication.Undone undone = adjudication.undo(projectId, user.id(), verdictId);
        tell(projectId, undone.news());
        return item(projectId, undone.itemId()).orElseThrow();
    }

    /** Sends people's answers back to them with a note; the item waits until they have answered again. */
    public void sendBack(long projectId, long itemId, long version, String note, List<Long> accounts) {
        User user = access.require(projectId, Role.REVIEWER);
        requireOfProject(projectId, itemId);
        if (note.isBlank() || note.length() > LONGEST_NOTE) {
            throw new Refused("Write a note of at most 2,000 characters: it says what to look at again.");
        }
        if (accounts.isEmpty()) {
            throw new Refused("Choose at least one person to send it back to.");
        }
        adjudication.sendBack(projectId, user, itemId, version, note.strip(), accounts);
        tell(projectId, Optional.empty());
    }

    private void requireOfProject(long projectId, long itemId) {
        if (items.find(projectId, itemId, null).isEmpty()) {
            throw new Refused("This item is not there any more. Reload the page.");
        }
    }

    private void tell(long projectId, Optional<ItemResolved> resolved) {
        projectEvents.publish(projectId, ProjectEvents.Kind.ANSWERS);
        try {
            resolved.ifPresent(resolvedEvents::fire);
        } catch (RuntimeException e) { // the verdict is committed; who listens looks at the tables later
            LOG.warnf(e, "The news of a reviewed item of project %d was not taken", projectId);
        }
    }
}
