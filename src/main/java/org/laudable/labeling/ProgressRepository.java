package org.laudable.labeling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;

/** Reads how far people and runs are. */
@ApplicationScoped
class ProgressRepository {
    private static final int ENOUGH = 10_000;

    private final Sql sql;
    private final ObjectMapper json;

    ProgressRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    Progress of(Terms terms, WorkLimits person, Instant since, DeckState state) {
        Mine mine = mine(terms.projectId(), person.accountId(), since);
        long waiting = waiting(terms.projectId(), person);
        DeckState shown = state == DeckState.PAUSED || state == DeckState.CLOSED || state == DeckState.ON_HOLD ||
                state == DeckState.DAY_DONE || waiting == 0 ? state : DeckState.READY;
        return new Progress(shown, mine.today(), mine.total(), waiting, "TRAINING".equals(terms.runState()), batch(terms.projectId()),
                model(terms.projectId()));
    }

    private record Mine(long today, long total) {}

    /** Answers that stand; undone ones and skips do not count. */
    private Mine mine(long projectId, long accountId, Instant since) {
        return sql.first("""
                select count(*) filter (where a.created_at >= ?), count(*) from annotation a
                where a.project_id = ? and a.account_id = ? and a.kind in ('LABEL', 'NONE', 'FLAG') and not a.moved
                  and not exists (select 1 from annotation later where later.task_id = a.task_id
                    and later.account_id = a.account_id and later.revision > a.revision and not later.moved)""",
                row -> new Mine(row.getLong(1), row.getLong(2)), since, projectId, accountId).orElseThrow();
    }

    /** Counts up to {@value #ENOUGH}: nobody reads further, and a queue may be as long as the project. */
    private long waiting(long projectId, WorkLimits person) {
        return sql.number("""
                select (select count(*) from sent_back b where b.project_id = ? and b.account_id = ? and b.answered_at is null
                  and b.closed_at is null) + count(*) from (select 1 from task t
                where t.project_id = ? and t.state = 'OPEN' and (
                  exists (select 1 from lease l where l.task_id = t.id and l.account_id = ? and l.state = 'HELD')
                  or t.free_slots > 0
                  and (t.reserved_for = any (?) or t.reserved_for is null
                    and (? or t.suggestion_class_id is null or t.suggestion_class_id = any (?)))
                  and not exists (select 1 from annotation a where a.item_id = t.item_id
                    and a.account_id = ? and a.kind <> 'RETRACTED' and not exists (select 1 from annotation later
                      where later.task_id = a.task_id and later.account_id = a.account_id
                        and later.revision > a.revision))) limit ?) as mine""", projectId, person.accountId(), projectId,
                person.accountId(), person.reservations().toArray(String[]::new), person.skills().isEmpty(),
                person.skills().toArray(Long[]::new), person.accountId(), ENOUGH);
    }

    /** A batch closes by the number of resolved answers outside the audit sample, whichever items they belong to. */
    private Optional<Progress.Batch> batch(long projectId) {
        return sql.first("""
                select r.round_number, cast(r.settings ->> 'batchSize' as int) as size, (select count(*) from resolution s
                  join item i on i.id = s.item_id and i.split = 'POOL'
                  where s.project_id = r.project_id and s.superseded_at is null and s.origin in ('PERSON', 'REVIEWER'))
                  - o.answers_before as done
                from run r join round o on o.run_id = r.id and o.number = r.round_number
                where r.project_id = ? and o.state = 'ASKING'
                  and (r.state = 'LABELING' or r.state = 'PAUSED' and r.left_state = 'LABELING')""",
                row -> new Progress.Batch(row.getInt("round_number"), Math.clamp(row.getLong("done"), 0, row.getInt("size")),
                        row.getInt("size")), projectId);
    }

    private Optional<Progress.Model> model(long projectId) {
        List<Round> newest = sql.list("""
                select o.model_version, o.metrics from round o
                where o.run_id = (select max(id) from run where project_id = ?) and o.state = 'DONE' and o.model_version is not null
                order by o.number desc limit 2""", row -> new Round(row.getInt(1), read(row.getString(2))), projectId);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Round now = newest.getFirst();
        Double accuracy = figure(now.metrics(), "accuracy", "value");
        Double before = newest.size() < 2 ? null : figure(newest.get(1).metrics(), "accuracy", "value");
        return Optional.of(new Progress.Model(now.version(), accuracy, figure(now.metrics(), "accuracy", "low"),
                figure(now.metrics(), "accuracy", "high"), accuracy == null || before == null ? null : accuracy - before));
    }

    private record Round(int version, JsonNode metrics) {}

    private static Double figure(JsonNode metrics, String name, String part) {
        JsonNode found = metrics.path(name).path(part);
        return found.isNumber() ? found.doubleValue() : null;
    }

    private JsonNode read(String text) {
        try {
            return text == null ? json.createObjectNode() : json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A round's metrics are not JSON", e);
        }
    }
}
