package org.laudable.laud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.database.Sql;

/** The tables of sweeps. Chunks are claimed for a minute, renewed by every page; who loses a claim cannot write. */
@ApplicationScoped
class SweepRepository {
    private static final String UNFINISHED = "('PREPARING', 'ACTIVE', 'PAUSED')";
    private static final int CLAIM_SECONDS = 60;
    /** The pace is that of the last minutes. */
    private static final int PACE_SECONDS = 120;

    private final Sql sql;
    private final ObjectMapper json;

    SweepRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** Empty if the run has an unfinished one of the kind. */
    @Transactional
    Optional<Long> insert(RunRow run, Sweep.Kind kind, Integer modelVersion, Map<Long, Float> thresholds, Long cap, Long orderedBy) {
        return sql.first("""
                insert into sweep (project_id, run_id, kind, state, model_version, thresholds, cap, ordered_by)
                values (?, ?, ?, 'PREPARING', ?, ?::jsonb, ?, ?) on conflict do nothing returning id""", row -> row.getLong(1),
                run.projectId(), run.id(), kind, modelVersion, thresholds == null ? null : write(thresholds), cap, orderedBy);
    }

    @Transactional
    Optional<Sweep> find(long id) {
        return sql.first("select * from sweep where id = ?", this::read, id);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Sweep> lock(long id) {
        return sql.first("select * from sweep where id = ? for update", this::read, id);
    }

    /** A run's newest of a kind for a model version. */
    @Transactional
    Optional<Sweep> newest(long runId, Sweep.Kind kind) {
        return sql.first("select * from sweep where run_id = ? and kind = ? order by id desc limit 1", this::read, runId, kind);
    }

    @Transactional
    List<Sweep> unfinished(long runId) {
        return sql.list("select * from sweep where run_id = ? and state in " + UNFINISHED + " order by id", this::read, runId);
    }

    /** Sweeps that should be going on and have no job in line: their jobs were cancelled. */
    @Transactional
    List<Sweep> idle(String jobKind) {
        return sql.list("""
                select s.* from sweep s join run r on r.id = s.run_id
                where s.state in ('PREPARING', 'ACTIVE') and (s.kind = 'REST' or r.state not in ('FINISHED', 'STOPPED', 'FAILED', 'PAUSED'))
                  and not exists (
                  select 1 from job j where j.kind = ? and j.project_id = s.project_id and j.state in ('WAITING', 'RUNNING')
                    and (j.payload ->> 'sweep')::bigint = s.id)""", this::read, jobKind);
    }

    /** Cuts the project into chunks and begins; does nothing if that happened already. */
    @Transactional
    void begin(Sweep sweep, List<Long> classIds) {
        if (lock(sweep.id()).filter(now -> now.state() == Sweep.State.PREPARING).isEmpty()) {
            return;
        }
        String place = sweep.kind().shuffled() ? "shuffle" : "0";
        sql.update("""
                insert into sweep_chunk (sweep_id, number, at_shuffle, at_id, to_shuffle, to_id, items)
                select ?, row_number() over w, coalesce(lag(place) over w, ?), coalesce(lag(id) over w, 0), place, id, n - coalesce(lag(n) over w, 0)
                from (select %1$s as place, id, row_number() over (order by %1$s, id) as n, lead(id) over (order by %1$s, id) is null as last
                  from item where project_id = ?) all_items
                where last or n %% ? = 0 window w as (order by n)""".formatted(place), sweep.id(),
                sweep.kind().shuffled() ? Integer.MIN_VALUE : 0, sweep.projectId(), sweep.kind().chunk());
        sql.update("""
                update sweep set state = 'ACTIVE', class_ids = ?::bigint[], error = null,
                  items = (select coalesce(sum(items), 0) from sweep_chunk where sweep_id = ?) where id = ?""",
                classIds == null ? null : classIds.toArray(Long[]::new), sweep.id(), sweep.id());
    }

    /** The next chunk that nobody has in hand; first of all the one this job had when it was killed. */
    @Transactional
    Optional<SweepChunk> claim(long sweepId, long jobId) {
        return sql.first("""
                update sweep_chunk set state = 'RUNNING', job_id = ?, claimed_until = now() + make_interval(secs => ?)
                where sweep_id = ? and number = (select number from sweep_chunk where sweep_id = ? and state <> 'DONE'
                  and (state = 'WAITING' or job_id = ? or claimed_until < now())
                  order by job_id is distinct from ?, number limit 1 for update skip locked) returning *""",
                row -> new SweepChunk(sweepId, row.getInt("number"), row.getInt("at_shuffle"), row.getLong("at_id"),
                        row.getInt("to_shuffle"), row.getLong("to_id"), row.getInt("items"), row.getInt("done")),
                jobId, CLAIM_SECONDS, sweepId, sweepId, jobId, jobId);
    }

    /** Moves a chunk on, in the transaction of what was written; false if the claim was lost, and nothing may be written. */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean advance(SweepChunk chunk, long jobId, SweepPage page, int written) {
        int moved = sql.update("""
                update sweep_chunk set at_shuffle = ?, at_id = ?, done = done + ?, written = written + ?,
                  claimed_until = now() + make_interval(secs => ?), state = case when ? then 'DONE' else state end,
                  finished_at = case when ? then now() end
                where sweep_id = ? and number = ? and state = 'RUNNING' and job_id = ? and at_id = ?""", page.shuffle(), page.id(),
                page.texts(), written, CLAIM_SECONDS, page.last(), page.last(), chunk.sweepId(), chunk.number(), jobId, chunk.atId());
        if (moved == 1) {
            sql.update("update sweep set done = done + ?, written = written + ? where id = ?", page.texts(), written, chunk.sweepId());
        }
        return moved == 1;
    }

    /** Puts a chunk back; it goes on where it is. */
    @Transactional
    void release(SweepChunk chunk, long jobId) {
        sql.update("""
                update sweep_chunk set state = 'WAITING', job_id = null, claimed_until = null
                where sweep_id = ? and number = ? and state = 'RUNNING' and job_id = ?""", chunk.sweepId(), chunk.number(), jobId);
    }

    /** Whether a chunk is left, in hand or not. */
    @Transactional
    boolean chunksLeft(long sweepId) {
        return sql.number("select count(*) from (select 1 from sweep_chunk where sweep_id = ? and state <> 'DONE' limit 1) one", sweepId) > 0;
    }

    /** Up to {@code most} chunks that nobody has in hand. */
    @Transactional
    int chunksWaiting(long sweepId, int most) {
        return (int) sql.number("select count(*) from (select 1 from sweep_chunk where sweep_id = ? and state = 'WAITING' limit ?) few", sweepId, most);
    }

    /** Only from an unfinished state; false if it is over already. */
    @Transactional
    boolean state(long sweepId, Sweep.State to, String error) {
        return sql.update("""
                update sweep set state = ?, error = ?, finished_at = case when ? then now() end
                where id = ? and state in\s""" + UNFINISHED, to, error, to.ended(), sweepId) == 1;
    }

    /** What belongs to a run ends with it. */
    @Transactional
    void endWithRun(long runId) {
        sql.update("update sweep set state = 'STOPPED', finished_at = now() where run_id = ? and kind <> 'REST' and state in " + UNFINISHED, runId);
    }

    @Transactional
    int jobsWaiting(String kind, long projectId) {
        return (int) sql.number("select count(*) from job where kind = ? and project_id = ? and state = 'WAITING'", kind, projectId);
    }

    /** Chunks stay as the record of what was done; the jobs that did it would crowd out all others. */
    @Transactional
    void forgetJobs(String kind, long projectId) {
        sql.update("delete from job where kind = ? and project_id = ? and state = 'DONE' and finished_at < now() - interval '1 minute'", kind, projectId);
    }

    /** Texts a second, at the pace of the last two minutes; 0 while it cannot be told. */
    @Transactional
    double pace(long sweepId) {
        return sql.first("""
                select coalesce(sum(done), 0) / greatest(1, extract(epoch from now() - greatest(now() - make_interval(secs => ?),
                  (select created_at from sweep where id = ?)))) from sweep_chunk
                where sweep_id = ? and state = 'DONE' and finished_at > now() - make_interval(secs => ?)""",
                row -> row.getDouble(1), PACE_SECONDS, sweepId, sweepId, PACE_SECONDS).orElse(0.0);
    }

    private Sweep read(ResultSet row) throws SQLException {
        var classes = row.getArray("class_ids");
        return new Sweep(row.getLong("id"), row.getLong("project_id"), row.getLong("run_id"), Sweep.Kind.valueOf(row.getString("kind")),
                Sweep.State.valueOf(row.getString("state")), row.getObject("model_version", Integer.class),
                classes == null ? null : List.of((Long[]) classes.getArray()), thresholds(row.getString("thresholds")),
                row.getObject("cap", Long.class), row.getLong("items"), row.getLong("done"), row.getLong("written"),
                row.getString("error"), Sql.instant(row, "created_at"));
    }

    private Map<Long, Float> thresholds(String text) {
        try {
            return text == null ? Map.of() : json.readValue(text, new TypeReference<HashMap<Long, Float>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A sweep's thresholds cannot be read", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
