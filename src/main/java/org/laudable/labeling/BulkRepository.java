package org.laudable.labeling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.dataset.ItemFilter;

/** The table {@code bulk_action}, and one piece of its work at a time: the items of one list of ids. */
@ApplicationScoped
class BulkRepository {
    /** Before everything the loop asks. */
    private static final double FIRST = 1e6;

    private final Sql sql;
    private final ObjectMapper json;

    BulkRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** Empty: another action is under way in the project. */
    Optional<Long> insert(long projectId, BulkKind kind, Long classId, String reservedFor, ItemFilter filter, long found, long newest, long by) {
        try {
            return sql.first("""
                    insert into bulk_action (project_id, kind, class_id, reserved_for, filter, found, newest_item, created_by)
                    values (?, ?, cast(? as bigint), ?, cast(? as jsonb), ?, ?, ?)
                    on conflict (project_id) where state in ('RUNNING', 'UNDOING') do nothing returning id""", row -> row.getLong(1), projectId, kind, classId,
                    reservedFor, json.writeValueAsString(filter), found, newest, by);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A filter cannot be written", e);
        }
    }

    /** Empty: another action is under way in the project. */
    Optional<Long> insertAccept(long projectId, BulkAction.Acceptance acceptance, long found, long by) {
        try {
            return sql.first("""
                    insert into bulk_action (project_id, kind, class_id, filter, found, newest_item, created_by, sample_id, newest_resolution)
                    values (?, 'ACCEPT', cast(? as bigint), cast(? as jsonb), ?, 0, ?, ?, ?)
                    on conflict (project_id) where state in ('RUNNING', 'UNDOING') do nothing returning id""", row -> row.getLong(1), projectId,
                    acceptance.which().classId(), json.writeValueAsString(acceptance.which()), found, by, acceptance.sampleId(),
                    acceptance.newestResolution());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What is accepted cannot be written", e);
        }
    }

    /** The items keep their model's label, and it is noted that a reviewer accepted it. */
    int accept(BulkAction action, Long[] items) {
        List<Object> parameters = new ArrayList<>(List.of(action.id()));
        parameters.addAll(ModelLabels.parameters(action.projectId(), action.acceptance().which()));
        parameters.addAll(List.of(items, action.acceptance().newestResolution()));
        sql.update("insert into bulk_before (bulk_id, item_id, resolution_id) select ?, r.item_id, r.id " + ModelLabels.FITTING
                + " and r.item_id = any (?) and r.id <= ? on conflict do nothing", parameters.toArray());
        supersede(action, items);
        return sql.update("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, run_id, model_version, task_id,
                  annotators, llm_model_id, prompt_version_id, bulk_id, sample_id)
                select o.project_id, o.item_id, o.outcome, o.class_id, o.origin, o.confidence, o.run_id, o.model_version, o.task_id,
                  o.annotators, o.llm_model_id, o.prompt_version_id, b.id, b.sample_id
                from bulk_before w join bulk_action b on b.id = w.bulk_id join resolution o on o.id = w.resolution_id
                where w.bulk_id = ? and w.item_id = any (?)
                on conflict (item_id) where superseded_at is null do nothing""", action.id(), items);
    }

    Optional<BulkAction> find(long id) {
        return sql.first("select * from bulk_action where id = ?", this::action, id);
    }

    Optional<BulkAction> lock(long id) {
        return sql.first("select * from bulk_action where id = ? for update", this::action, id);
    }

    Optional<BulkAction> newest(long projectId) {
        return sql.first("select * from bulk_action where project_id = ? order by id desc limit 1", this::action, projectId);
    }

    /** Small ones that a process left unfinished: no job carries them. */
    List<Long> unfinished(int atOnce, Duration since) {
        return sql.list("""
                select id from bulk_action where (state = 'RUNNING' and found <= ? or state = 'UNDOING' and changed <= ?)
                  and created_at <= now() - make_interval(secs => ?) order by id""",
                row -> row.getLong(1), atOnce, atOnce, (double) since.toSeconds());
    }

    void moved(long id, long lastItem, long changed, long skipped) {
        sql.update("update bulk_action set last_item = ?, changed = changed + ?, skipped = skipped + ? where id = ?", lastItem,
                changed, skipped, id);
    }

    void undone(long id, long lastItem, long count) {
        sql.update("update bulk_action set last_item = ?, undone = undone + ? where id = ?", lastItem, count, id);
    }

    /** Enters a state and begins with the first item again. */
    void enter(long id, BulkAction.State state) {
        sql.update("update bulk_action set state = ?, last_item = 0 where id = ?", state, id);
    }

    /** Gives the items a reviewer's label; never those of the audit sample, which measure. Answers with how many. */
    int label(BulkAction action, Long[] items) {
        remember(action, items, "(r.id is null or r.origin <> 'REVIEWER' or r.class_id is distinct from b.class_id)");
        supersede(action, items);
        int labeled = sql.update("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, annotators, bulk_id)
                select b.project_id, w.item_id, 'LABEL', b.class_id, 'REVIEWER', array[b.created_by], b.id
                from bulk_before w join bulk_action b on b.id = w.bulk_id where w.bulk_id = ? and w.item_id = any (?)
                on conflict (item_id) where superseded_at is null do nothing""", action.id(), items);
        withdraw("task.item_id in (select item_id from bulk_before where bulk_id = ? and item_id = any (?))", action.id(), items);
        return labeled;
    }

    /** Takes the items' labels away; never those of the audit sample. */
    int clear(BulkAction action, Long[] items) {
        remember(action, items, "r.id is not null");
        return supersede(action, items);
    }

    private void remember(BulkAction action, Long[] items, String which) {
        sql.update("""
                insert into bulk_before (bulk_id, item_id, resolution_id)
                select b.id, i.id, r.id from bulk_action b join item i on i.project_id = b.project_id and i.id = any (?)
                left join resolution r on r.item_id = i.id and r.superseded_at is null
                where b.id = ? and i.split <> 'AUDIT' and\s""" + which + " on conflict do nothing", items, action.id());
    }

    private int supersede(BulkAction action, Long[] items) {
        return sql.update("""
                update resolution set superseded_at = now() where superseded_at is null and id in (
                  select resolution_id from bulk_before where bulk_id = ? and item_id = any (?))""", action.id(), items);
    }

    /**
     * Asks people about the items, and keeps questions nobody has touched for whom they are reserved. Left as they are: the
     * audit sample, what people have labeled, and items on which everybody was heard.
     */
    int queue(BulkAction action, Long[] items) {
        int reserved = action.reservedFor() == null ? 0 : sql.update("""
                update task set reserved_for = ?, priority = ?, bulk_id = ?
                where item_id = any (?) and state = 'OPEN' and purpose = 'TRAIN' and free_slots = slots""", action.reservedFor(), FIRST,
                action.id(), items);
        List<Long> asked = sql.list("""
                insert into task (project_id, item_id, purpose, priority, reason, suggestion_class_id, suggestion_confidence,
                  suggestion_source, slots, free_slots, base_slots, reserved_for, bulk_id)
                select p.id, i.id, 'TRAIN', ?, '', d.class_id, d.confidence, 'model v' || d.model_version, p.overlap, p.overlap,
                  p.overlap, ?, ?
                from item i join project p on p.id = i.project_id left join prediction d on d.item_id = i.id
                where p.id = ? and i.id = any (?) and i.split <> 'AUDIT'
                  and not exists (select 1 from resolution r where r.item_id = i.id and r.superseded_at is null
                    and r.origin in ('PERSON', 'REVIEWER'))
                  and exists (select 1 from answerer w where w.project_id = p.id
                    and not exists (select 1 from annotation a where a.item_id = i.id and a.account_id = w.account_id
                      and a.kind <> 'RETRACTED' and not exists (select 1 from annotation later where later.task_id = a.task_id
                        and later.account_id = a.account_id and later.revision > a.revision)))
                on conflict (project_id, item_id) where state = 'OPEN' do nothing
                returning item_id""", row -> row.getLong(1), FIRST, action.reservedFor(), action.id(), action.projectId(), items);
        return reserved + asked.size();
    }

    /** Makes gold items of those that people or a reviewer labeled, or whose file did. */
    int gold(BulkAction action, Long[] items) {
        return sql.update("""
                insert into gold (item_id, project_id, class_id, bulk_id)
                select i.id, i.project_id, coalesce(r.class_id, i.known_class_id), ? from item i
                left join resolution r on r.item_id = i.id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')
                where i.id = any (?) and i.project_id = ? and i.split <> 'AUDIT' and coalesce(r.outcome, 'LABEL') = 'LABEL'
                  and coalesce(r.class_id, i.known_class_id) is not null
                on conflict do nothing""", action.id(), items, action.projectId());
    }

    int notGold(BulkAction action, Long[] items) {
        return sql.update("delete from gold where item_id = any (?) and project_id = ?", items, action.projectId());
    }

    /** Items it changed, after this one, in order. */
    List<Long> changed(BulkAction action, int limit) {
        String table = switch (action.kind()) {
            case QUEUE -> "task";
            case GOLD -> "gold";
            case LABEL, CLEAR, NOT_GOLD, ACCEPT -> "bulk_before";
        };
        return sql.list("select distinct item_id from " + table + " where bulk_id = ? and item_id > ? order by item_id limit ?", row -> row.getLong(1),
                action.id(), action.lastItem(), limit);
    }

    /** Gives items back what they had, unless somebody said something else since. */
    int giveBack(BulkAction action, Long[] items) {
        if (action.kind() == BulkKind.QUEUE) {
            int freed = sql.update("""
                    update task set reserved_for = null, bulk_id = null
                    where bulk_id = ? and item_id = any (?) and run_id is not null and state = 'OPEN'""", action.id(), items);
            return freed + withdraw("task.bulk_id = ? and task.item_id = any (?)", action.id(), items);
        }
        if (action.kind() == BulkKind.GOLD) {
            return sql.update("delete from gold where bulk_id = ? and item_id = any (?)", action.id(), items);
        }
        int taken = sql.update("""
                update resolution set superseded_at = now() where item_id = any (?) and bulk_id = ? and superseded_at is null""",
                items, action.id());
        int given = sql.update("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, run_id, model_version, task_id,
                  annotators, llm_model_id, prompt_version_id, interval_from, interval_to, channels, bulk_id, sample_id, weighed, created_at)
                select o.project_id, o.item_id, o.outcome, o.class_id, o.origin, o.confidence, o.run_id, o.model_version, o.task_id,
                  o.annotators, o.llm_model_id, o.prompt_version_id, o.interval_from, o.interval_to, o.channels, o.bulk_id, o.sample_id, o.weighed, o.created_at
                from bulk_before w join resolution o on o.id = w.resolution_id
                where w.bulk_id = ? and w.item_id = any (?)
                  and not exists (select 1 from resolution later where later.item_id = w.item_id and later.id > o.id
                    and later.bulk_id is distinct from w.bulk_id)
                on conflict (item_id) where superseded_at is null do nothing""", action.id(), items);
        return action.kind() == BulkKind.LABEL ? taken : given;
    }

    /** Takes open questions back that nobody holds and nobody answered. */
    private int withdraw(String which, Object... parameters) {
        return sql.update("""
                with untouched as (
                  select id from task where\s""" + which + """
                   and state = 'OPEN' and free_slots = slots order by id for update skip locked)
                update task set state = 'WITHDRAWN', closed_at = now() from untouched
                where task.id = untouched.id and task.free_slots = task.slots""", parameters);
    }

    private BulkAction action(ResultSet row) throws SQLException {
        try {
            Long sample = row.getObject("sample_id", Long.class);
            return new BulkAction(row.getLong("id"), row.getLong("project_id"), BulkKind.valueOf(row.getString("kind")),
                    row.getObject("class_id", Long.class), row.getString("reserved_for"),
                    sample == null ? json.readValue(row.getString("filter"), ItemFilter.class) : ItemFilter.ALL, BulkAction.State.valueOf(row.getString("state")),
                    row.getLong("found"), row.getLong("last_item"), row.getLong("newest_item"), row.getLong("changed"),
                    row.getLong("skipped"), row.getLong("undone"), row.getObject("created_by", Long.class),
                    Sql.instant(row, "created_at"), sample == null ? null : new BulkAction.Acceptance(sample,
                    json.readValue(row.getString("filter"), ModelLabels.Which.class), row.getLong("newest_resolution")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored filter cannot be read", e);
        }
    }
}
