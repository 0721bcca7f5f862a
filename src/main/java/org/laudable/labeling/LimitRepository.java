package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.database.Sql;

/** The table {@code work_limit}, and what follows from it for open questions. A day is the database's. */
@ApplicationScoped
class LimitRepository {
    private static final String TODAY = """
            (select count(*) from annotation a where a.project_id = m.project_id and a.account_id = m.account_id
              and a.created_at >= date_trunc('day', now()) and a.kind in ('LABEL', 'NONE', 'FLAG') and not a.moved
              and not exists (select 1 from annotation later where later.task_id = a.task_id
                and later.account_id = a.account_id and later.revision > a.revision and not later.moved))""";

    private final Sql sql;

    LimitRepository(Sql sql) {
        this.sql = sql;
    }

    /** What holds for a person now; their held leases count as answers of today. */
    WorkLimits of(long projectId, long accountId) {
        return sql.first("""
                select m.paused, m.skills, m.groups, case when m.daily_cap is not null then m.daily_cap -\s""" + TODAY + """
                    - (select count(*) from lease l where l.project_id = m.project_id and l.account_id = m.account_id
                      and l.state = 'HELD') end as left_today
                from work_limit m where m.project_id = ? and m.account_id = ?""",
                row -> new WorkLimits(accountId, paused(row), row.getObject("left_today", Long.class) == null ? null
                        : (int) row.getLong("left_today"), longs(row.getArray("skills")), strings(row.getArray("groups"))),
                projectId, accountId).orElseGet(() -> new WorkLimits(accountId, null, null, List.of(), List.of()));
    }

    /** Of every member. */
    List<MemberLimits> ofMembers(long projectId) {
        return sql.list("""
                select m.account_id, w.paused, w.changed_at, w.daily_cap, w.skills, w.groups,\s""" + TODAY + """
                 as today from project_member m
                left join work_limit w on w.project_id = m.project_id and w.account_id = m.account_id
                where m.project_id = ?""", row -> new MemberLimits(row.getLong("account_id"), paused(row),
                row.getString("paused") == null ? null : Sql.instant(row, "changed_at"), row.getObject("daily_cap", Integer.class),
                longs(row.getArray("skills")), strings(row.getArray("groups")), row.getLong("today")), projectId);
    }

    /** Members at work, by name. */
    Map<Long, String> people(long projectId) {
        Map<Long, String> people = new LinkedHashMap<>();
        sql.list("""
                select a.id, a.display_name from project_member m join account a on a.id = m.account_id and a.enabled
                where m.project_id = ? and not exists (select 1 from work_limit w
                  where w.project_id = m.project_id and w.account_id = m.account_id and w.paused is not null)
                order by lower(a.display_name), a.id""", row -> people.put(row.getLong(1), row.getString(2)), projectId);
        return people;
    }

    String nameOf(long accountId) {
        return sql.first("select display_name from account where id = ?", row -> row.getString(1), accountId).orElse("");
    }

    boolean isMember(long projectId, long accountId) {
        return sql.number("select count(*) from project_member where project_id = ? and account_id = ?", projectId, accountId) > 0;
    }

    /** @param by null: at work again */
    void pause(long projectId, long accountId, PausedBy by) {
        sql.update("""
                insert into work_limit (project_id, account_id, paused) values (?, ?, ?)
                on conflict (project_id, account_id) do update set paused = excluded.paused, changed_at = now()""",
                projectId, accountId, by == null ? null : by.name());
    }

    /** Pauses somebody who works; false if they are paused already, so that they and the managers are told once. */
    boolean pauseForGold(long projectId, long accountId) {
        return sql.update("""
                insert into work_limit (project_id, account_id, paused) values (?, ?, 'GOLD')
                on conflict (project_id, account_id) do update set paused = excluded.paused, changed_at = now()
                where work_limit.paused is null""", projectId, accountId) > 0;
    }

    void save(long projectId, long accountId, Integer dailyCap, Long[] skills, String[] groups) {
        sql.update("""
                insert into work_limit (project_id, account_id, daily_cap, skills, groups) values (?, ?, cast(? as int), ?, ?)
                on conflict (project_id, account_id) do update set daily_cap = excluded.daily_cap, skills = excluded.skills,
                  groups = excluded.groups""", projectId, accountId, dailyCap, skills, groups);
    }

    /** How many of these classes the project has. */
    long countClasses(long projectId, Long[] classes) {
        return sql.number("select count(*) from label_class where project_id = ? and id = any (?)", projectId, classes);
    }

    /** Open questions that nobody at work may answer, by the class they suggest. */
    List<UncoveredClass> uncovered(long projectId) {
        return sql.list("""
                select t.suggestion_class_id, c.name, count(*) from task t join label_class c on c.id = t.suggestion_class_id
                where t.project_id = ? and t.state = 'OPEN' and t.free_slots > 0
                  and exists (select 1 from work_limit w where w.project_id = t.project_id and w.skills <> '{}')
                  and not exists (select 1 from project_member m join account a on a.id = m.account_id and a.enabled
                    left join work_limit w on w.project_id = m.project_id and w.account_id = m.account_id
                    where m.project_id = t.project_id and w.paused is null
                      and (w.skills is null or w.skills = '{}' or t.suggestion_class_id = any (w.skills)))
                group by t.suggestion_class_id, c.name order by c.name""",
                row -> new UncoveredClass(row.getLong(1), row.getString(2), row.getLong(3)), projectId);
    }

    /**
     * Gives questions that are reserved for people who are not at work (any more), or who were heard on the item, to
     * everybody.
     *
     * @param taskId of one task; null: all of the project
     * @return how many
     */
    int freeReservations(long projectId, Long taskId) {
        return sql.update("""
                with unreachable as materialized (select t.id from task t
                where t.project_id = ? and (cast(? as bigint) is null or t.id = ?) and t.state = 'OPEN'
                  and t.reserved_for is not null and t.purpose <> 'GOLD'
                  and not exists (select 1 from project_member m join account a on a.id = m.account_id and a.enabled
                    left join work_limit w on w.project_id = m.project_id and w.account_id = m.account_id
                    where m.project_id = t.project_id and w.paused is null
                      and (t.reserved_for = 'person:' || m.account_id
                        or exists (select 1 from unnest(w.groups) g where t.reserved_for = 'group:' || g))
                      and not exists (select 1 from annotation n where n.item_id = t.item_id and n.account_id = m.account_id
                        and n.kind <> 'RETRACTED' and not exists (select 1 from annotation later
                          where later.task_id = n.task_id and later.account_id = n.account_id
                            and later.revision > n.revision)))
                order by t.id for update of t)
                update task set reserved_for = null from unreachable where task.id = unreachable.id""", projectId, taskId, taskId);
    }

    /** Questions passed on, or wanting one more answer, for which nobody may be left now: to be looked at again. */
    List<Long> perhapsStranded(long projectId) {
        return sql.list("""
                select t.id from task t where t.project_id = ? and t.state = 'OPEN' and t.free_slots > 0
                  and (t.slots > t.base_slots or exists (select 1 from annotation a where a.task_id = t.id and a.kind = 'SKIP'))
                order by t.id""", row -> row.getLong(1), projectId);
    }

    /** Active projects in which somebody is limited or something reserved. */
    List<Long> projectsWithLimits() {
        return sql.list("""
                select p.id from project p where p.state = 'ACTIVE' and (exists (select 1 from work_limit w where w.project_id = p.id)
                  or exists (select 1 from task t where t.project_id = p.id and t.state = 'OPEN' and t.free_slots > 0
                    and t.reserved_for is not null)) order by p.id""", row -> row.getLong(1));
    }

    private static PausedBy paused(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString("paused")).map(PausedBy::valueOf).orElse(null);
    }

    private static List<Long> longs(Array array) throws SQLException {
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }

    private static List<String> strings(Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
