package org.laudable.labeling;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.dataset.ItemFilter;
import org.laudable.dataset.ItemSelection;
import org.laudable.jobs.JobPriority;
import org.laudable.jobs.JobService;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.security.User;

/**
 * Labels, clears or asks about all items of a filter at once, and takes that back. For reviewers and managers. Few items at
 * once, many in the background.
 */
@ApplicationScoped
public class BulkService {
    static final int AT_ONCE = 4_000;

    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final TaskRepository tasks;
    private final AnnotationRepository annotations;
    private final ItemSelection items;
    private final BulkRepository actions;
    private final BulkWork work;
    private final JobService jobs;
    private final AuditLog audit;
    private final ProjectEvents events;
    private final ObjectMapper json;

    BulkService(ProjectAccess access, ProjectDirectory projects, TaskRepository tasks, AnnotationRepository annotations, ItemSelection items,
            BulkRepository actions, BulkWork work, JobService jobs, AuditLog audit, ProjectEvents events, ObjectMapper json) {
        this.access = access;
        this.projects = projects;
        this.tasks = tasks;
        this.annotations = annotations;
        this.items = items;
        this.actions = actions;
        this.work = work;
        this.jobs = jobs;
        this.audit = audit;
        this.events = events;
        this.json = json;
    }

    /** Gives every item a class, as a reviewer's label. Items of the audit sample keep theirs. */
    public BulkAction label(long projectId, ItemFilter filter, long classId) {
        User user = access.require(projectId, Role.REVIEWER);
        if (!annotations.classBelongs(projectId, classId)) {
            throw new Refused("This class does not exist in the project. Reload the page to see its classes.");
        }
        return start(user, projectId, filter, BulkKind.LABEL, classId, null);
    }

    /** Takes the labels away; the history keeps them. */
    public BulkAction clear(long projectId, ItemFilter filter) {
        return start(access.require(projectId, Role.REVIEWER), projectId, filter, BulkKind.CLEAR, null, null);
    }

    /**
     * Asks people about the items, before what the loop asks.
     *
     * @param reserved for whom; empty: for anybody
     */
    public BulkAction queue(long projectId, ItemFilter filter, Optional<Reservation> reserved) {
        return start(access.require(projectId, Role.REVIEWER), projectId, filter, BulkKind.QUEUE, null,
                reserved.map(Reservation::key).orElse(null));
    }

    /** Makes gold items of those with a label by people or from their file. For managers. */
    public BulkAction gold(long projectId, ItemFilter filter) {
        return start(access.require(projectId, Role.MANAGER), projectId, filter, BulkKind.GOLD, null, null);
    }

    /** They are gold items no longer; they can be made gold again. For managers. */
    public BulkAction notGold(long projectId, ItemFilter filter) {
        return start(access.require(projectId, Role.MANAGER), projectId, filter, BulkKind.NOT_GOLD, null, null);
    }

    /**
     * Accepts labels of models as they are. The caller has made sure that a sample of them was right.
     *
     * @param found how many there are
     */
    public BulkAction accept(long projectId, BulkAction.Acceptance acceptance, long found) {
        User user = access.require(projectId, Role.REVIEWER);
        checkOpen(projectId);
        long id = accepting(user, projectId, acceptance, found);
        carryOut(id, found);
        return actions.find(id).orElseThrow();
    }

    /** An action by its id, if it is of this project. */
    public Optional<BulkAction> find(long projectId, long actionId) {
        access.require(projectId, Role.REVIEWER);
        return actions.find(actionId).filter(action -> action.projectId() == projectId);
    }

    /** The newest action of the project. */
    public Optional<BulkAction> newest(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return actions.newest(projectId);
    }

    /** Ends an action that runs in the background; what is done so far can be taken back. */
    @Transactional
    public void stop(long actionId) {
        BulkAction action = actions.lock(actionId).orElseThrow(() -> new Refused("This action is not there any more."));
        access.require(action.projectId(), needed(action.kind()));
        if (action.state() == BulkAction.State.RUNNING || action.state() == BulkAction.State.UNDOING) {
            actions.enter(actionId, BulkAction.State.DONE);
            audit.record("items.bulk-stopped", "bulk:" + actionId, action.projectId(), Map.of("changed", action.changed()));
        }
    }

    /** Gives the items back what they had. What somebody said since then stays. */
    public BulkAction undo(long actionId) {
        BulkAction action = actions.find(actionId).orElseThrow(() -> new Refused("This action is not there any more."));
        User user = access.require(action.projectId(), needed(action.kind()));
        if (action.kind() == BulkKind.NOT_GOLD) {
            throw new Refused("Make the items gold again to take this back.");
        }
        if (action.state() != BulkAction.State.DONE) {
            throw new Refused(action.state() == BulkAction.State.RUNNING ? "Wait until it is done, then take it back."
                    : "This was taken back already.");
        }
        try {
            undoing(user, action);
        } catch (Sql.Failure e) {
            throw e.isDuplicate() ? busy() : e;
        }
        carryOut(actionId, action.changed());
        return actions.find(actionId).orElseThrow();
    }

    private static Role needed(BulkKind kind) {
        return kind == BulkKind.GOLD || kind == BulkKind.NOT_GOLD ? Role.MANAGER : Role.REVIEWER;
    }

    private void checkOpen(long projectId) {
        Terms terms = tasks.terms(projectId).orElseThrow();
        if (!terms.projectState().equals("ACTIVE")) {
            throw new Refused("The project takes no labels now: it is a draft or archived.");
        }
        if (projects.get(projectId).kind() != ProjectKind.TEXT) {
            throw new Refused("Many windows of series are not labeled at once. Answer them on the Anomalies page.");
        }
    }

    private BulkAction start(User user, long projectId, ItemFilter filter, BulkKind kind, Long classId, String reservedFor) {
        checkOpen(projectId);
        long found = items.count(projectId, filter);
        if (found == 0) {
            throw new Refused("No item fits these filters.");
        }
        long id = running(user, projectId, filter, kind, classId, reservedFor, found);
        carryOut(id, found);
        return actions.find(id).orElseThrow();
    }

    private static Refused busy() {
        return new Refused("Something else is being done to many items of this project. Wait until it is done.");
    }

    private void carryOut(long id, long size) {
        if (size <= AT_ONCE) {
            while (work.step(id)) { // each piece commits by itself
            }
            actions.find(id).ifPresent(done -> events.publish(done.projectId(), ProjectEvents.Kind.ANSWERS));
        }
    }

    /** The action and its job are there together, or neither. */
    @Transactional
    long running(User user, long projectId, ItemFilter filter, BulkKind kind, Long classId, String reservedFor, long found) {
        long id = actions.insert(projectId, kind, classId, reservedFor, filter, found, items.newest(projectId), user.id())
                .orElseThrow(BulkService::busy);
        submit(user.id(), actions.find(id).orElseThrow(), found, "items.bulk-" + kind.name().toLowerCase(Locale.ROOT));
        return id;
    }

    /** Likewise. */
    @Transactional
    long accepting(User user, long projectId, BulkAction.Acceptance acceptance, long found) {
        long id = actions.insertAccept(projectId, acceptance, found, user.id()).orElseThrow(BulkService::busy);
        submit(user.id(), actions.find(id).orElseThrow(), found, "items.bulk-accept");
        return id;
    }

    @Transactional
    void undoing(User user, BulkAction action) {
        actions.enter(action.id(), BulkAction.State.UNDOING);
        submit(user.id(), action, action.changed(), "items.bulk-undone");
    }

    private void submit(long userId, BulkAction action, long size, String audited) {
        audit.record(audited, "bulk:" + action.id(), action.projectId(), Map.of("found", action.found(), "filter", action.filter().toString()));
        if (size > AT_ONCE) {
            jobs.submit(BulkJob.KIND, action.projectId(), json.createObjectNode().put("actionId", action.id()), userId, JobPriority.NORMAL);
        }
    }
}
