package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.Notifications;
import org.laudable.project.MembersChanged;
import org.laudable.project.ProjectAccess;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;

/** Who is handed what: pauses, daily caps, skills and groups of a project's members. For its managers. */
@ApplicationScoped
public class Assignment {
    private static final int MOST_GROUPS = 20;
    private static final int LONGEST_GROUP = 60;

    private final ProjectAccess access;
    private final LimitRepository limits;
    private final GoldRepository gold;
    private final Notifications notifications;
    private final AuditLog audit;
    private final Event<MembersChanged> changed;

    Assignment(ProjectAccess access, LimitRepository limits, GoldRepository gold, Notifications notifications,
            AuditLog audit, Event<MembersChanged> changed) {
        this.access = access;
        this.limits = limits;
        this.gold = gold;
        this.notifications = notifications;
        this.audit = audit;
        this.changed = changed;
    }

    /** By account id, for every member. */
    public Map<Long, MemberLimits> ofMembers(long projectId) {
        access.require(projectId, Role.MANAGER);
        return limits.ofMembers(projectId).stream().collect(Collectors.toMap(MemberLimits::accountId, Function.identity()));
    }

    /** Groups that questions can be reserved for, by name. For reviewers and managers. */
    public List<String> groups(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return limits.ofMembers(projectId).stream().flatMap(one -> one.groups().stream()).distinct().sorted().toList();
    }

    /** People questions can be reserved for: names by account id. For reviewers and managers. */
    public Map<Long, String> people(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return limits.people(projectId);
    }

    /** Classes with open questions that nobody at work is asked about. */
    public List<UncoveredClass> uncovered(long projectId) {
        access.require(projectId, Role.MANAGER);
        return limits.uncovered(projectId);
    }

    /** Hands the person nothing more; what they hold they may still answer. */
    @Transactional
    public void pause(long projectId, long accountId) {
        change(projectId, accountId, "member.paused", Map.of(), () -> {
            limits.pause(projectId, accountId, PausedBy.MANAGER);
            notifications.to(accountId, projectId, NotificationKind.PAUSED, Map.of());
        });
    }

    /** Hands the person work again; their score on gold items begins anew. */
    @Transactional
    public void resume(long projectId, long accountId) {
        change(projectId, accountId, "member.resumed", Map.of(), () -> {
            gold.beginAnew(projectId, accountId);
            limits.pause(projectId, accountId, null);
        });
    }

    /**
     * @param dailyCap answers a day; null: no cap
     * @param skills classes they are asked about; empty: all
     * @param groups questions can be reserved for
     * @throws Refused if a value is out of bounds
     */
    @Transactional
    public void limit(long projectId, long accountId, Integer dailyCap, Collection<Long> skills, Collection<String> groups) {
        if (dailyCap != null && (dailyCap < 1 || dailyCap > 100_000)) {
            throw new Refused("The daily cap must be between 1 and 100,000 answers. Leave it empty for none, or pause the person.");
        }
        List<String> names = groups.stream().map(String::strip).filter(name -> !name.isEmpty()).distinct().sorted().toList();
        if (names.size() > MOST_GROUPS || names.stream().anyMatch(name -> name.length() > LONGEST_GROUP)) {
            throw new Refused("A person can be in 20 groups, each with a name of at most 60 characters.");
        }
        Long[] classes = skills.stream().distinct().sorted().toArray(Long[]::new);
        change(projectId, accountId, "member.limited", Map.of("dailyCap", dailyCap == null ? "none" : dailyCap, "skills", skills, "groups", names),
                () -> {
                    if (limits.countClasses(projectId, classes) != classes.length) {
                        throw new Refused("One of the classes does not exist in the project any more. Reload the page.");
                    }
                    limits.save(projectId, accountId, dailyCap, classes, names.toArray(String[]::new));
                });
    }

    private void change(long projectId, long accountId, String action, Map<String, ?> details, Runnable work) {
        access.require(projectId, Role.MANAGER);
        if (!limits.isMember(projectId, accountId)) {
            throw new Refused("This person is no longer in the team.");
        }
        work.run();
        audit.record(action, "account:" + accountId, projectId, details);
        changed.fire(new MembersChanged(projectId));
    }
}
