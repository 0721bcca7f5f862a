package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.engine.series.JudgeTrust;
import org.laudable.engine.series.Standout;
import org.laudable.llm.Judgement;
import org.laudable.loop.Run;

/** What a language model was asked about windows and said of them; what it may be asked about next. */
@ApplicationScoped
class JudgementRepository {
    /** So often a window is asked about before it stays absent. */
    private static final int TRIES = 4;
    private static final int PATIENCE_MINUTES = 10;
    private static final String SELECT = "select w.*, m.name as model from judged_window w join llm_model m on m.id = w.model_id ";

    private final Sql sql;

    JudgementRepository(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    Optional<JudgeSettings> settings(long projectId) {
        return sql.first("select model_id, windows, run_cap_micros from window_judge where project_id = ?",
                row -> new JudgeSettings(row.getObject(1, Long.class), row.getInt(2), row.getObject(3, Long.class)), projectId);
    }

    @Transactional
    void save(long projectId, JudgeSettings settings) {
        sql.update("""
                insert into window_judge (project_id, model_id, windows, run_cap_micros) values (?, ?::bigint, ?, ?::bigint)
                on conflict (project_id) do update set model_id = excluded.model_id, windows = excluded.windows,
                  run_cap_micros = excluded.run_cap_micros, blocked = null, blocked_at = null""",
                projectId, settings.modelId(), settings.windows(), settings.runCapMicros());
    }

    /** What stands out by a series' newest model; part of saving its results. */
    @Transactional
    void standouts(long seriesId, List<Standout> found) {
        sql.update("delete from standout_window where series_id = ?", seriesId);
        sql.update("""
                insert into standout_window (series_id, position, point, odd_from, odd_to)
                select ?, n.i, n.point, n.odd_from, n.odd_to
                from unnest(?::int[], ?::int[], ?::int[]) with ordinality as n (point, odd_from, odd_to, i)""", seriesId,
                found.stream().map(Standout::point).toArray(Integer[]::new), found.stream().map(Standout::from).toArray(Integer[]::new),
                found.stream().map(Standout::to).toArray(Integer[]::new));
    }

    @Transactional
    List<Standout> standouts(long seriesId) {
        return sql.list("select point, odd_from, odd_to from standout_window where series_id = ? order by position",
                row -> new Standout(row.getInt(1), row.getInt(2), row.getInt(3)), seriesId);
    }

    /** From what a series' windows are chosen in a run: model, limit and events; the version of its own model is added. */
    @Transactional
    String basis(Run run, JudgeSettings settings) {
        String events = sql.first("""
                select md5(string_agg(concat_ws('/', id, series_id, from_at, to_at, weekly, explains), ',' order by id)) from series_event where project_id = ?""",
                row -> row.getString(1) == null ? "" : row.getString(1), run.projectId()).orElse("");
        return run.id() + "/" + settings.modelId() + "/" + settings.windows() + "/" + events + "/";
    }

    /** Series of a run whose windows were not chosen from what is known now. */
    @Transactional
    List<Long> unchosen(Run run, String basis) {
        return sql.list("""
                select m.series_id from series_model m left join judge_choice c on c.series_id = m.series_id
                where m.project_id = ? and m.run_id = ? and m.state = 'FITTED' and c.basis is distinct from ? || m.version order by m.series_id""",
                row -> row.getLong(1), run.projectId(), run.id(), basis);
    }

    @Transactional
    void chosen(long seriesId, String basis, int version) {
        sql.update("""
                insert into judge_choice (series_id, basis) values (?, ?) on conflict (series_id) do update set basis = excluded.basis""",
                seriesId, basis + version);
    }

    /** Writes down that a window will be asked about; one that was asked under other causes is asked again. */
    @Transactional
    void claim(Run run, long seriesId, long modelId, Standout at, List<String> causes, List<String> examples) {
        sql.update("""
                insert into judged_window (project_id, run_id, series_id, model_id, point, odd_from, odd_to, causes, examples, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'ASKING')
                on conflict (series_id, model_id, point) do update set run_id = excluded.run_id, causes = excluded.causes, state = 'ASKING',
                  attempts = 0, again_at = null, absence = null, sentence = null""",
                run.projectId(), run.id(), seriesId, modelId, at.point(), at.from(), at.to(), causes.toArray(String[]::new), examples.toArray(String[]::new));
    }

    /** Everything asked of a model about a series, by time. */
    @Transactional
    List<JudgedWindow> ofSeries(long seriesId, long modelId) {
        return sql.list(SELECT + "where w.series_id = ? and w.model_id = ? order by w.point", JudgementRepository::window, seriesId, modelId);
    }

    /** What the project's present model has said. */
    @Transactional
    List<JudgedWindow> saidInProject(long projectId) {
        return sql.list(SELECT + """
                join window_judge j on j.project_id = w.project_id and j.model_id = w.model_id
                where w.project_id = ? and w.state = 'SAID' order by w.series_id, w.point""", JudgementRepository::window, projectId);
    }

    /** What it has said of a series, as scores take it. */
    @Transactional
    JudgedStretches stretches(long seriesId) {
        List<JudgedStretches.Stretch> said = sql.list("""
                select w.odd_from, w.odd_to, w.severity, exists (
                  select 1 from resolution r join item i on i.id = r.item_id and i.series_id = w.series_id
                  where r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER') and r.outcome = 'LABEL'
                    and coalesce(r.interval_from, i.point) < w.odd_to and coalesce(r.interval_to, i.point + 1) > w.odd_from)
                from judged_window w join window_judge j on j.project_id = w.project_id and j.model_id = w.model_id
                where w.series_id = ? and w.state = 'SAID' order by w.point""",
                row -> new JudgedStretches.Stretch(row.getInt(1), row.getInt(2), row.getFloat(3), row.getBoolean(4)), seriesId);
        return new JudgedStretches(said, said.isEmpty() ? JudgeTrust.UNKNOWN
                : trust(sql.number("select project_id from series where id = ?", seriesId)));
    }

    /** How often people, answering windows that the project's model had judged, said the same. */
    @Transactional
    JudgeTrust trust(long projectId) {
        return sql.first("""
                select count(*) filter (where (severity >= .5) = odd), count(*) from (
                  select w.id, w.severity, bool_or(c.meaning = 'ANOMALY') as odd from judged_window w
                  join window_judge j on j.project_id = w.project_id and j.model_id = w.model_id
                  join item i on i.series_id = w.series_id
                  join resolution r on r.item_id = i.id and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER') and r.outcome = 'LABEL'
                    and coalesce(r.interval_from, i.point) < w.odd_to and coalesce(r.interval_to, i.point + 1) > w.odd_from
                  join label_class c on c.id = r.class_id
                  where w.project_id = ? and w.state = 'SAID' group by w.id, w.severity) met""",
                row -> new JudgeTrust(row.getInt(1), row.getInt(2)), projectId).orElse(JudgeTrust.UNKNOWN);
    }

    /** Whether anything is to be asked, or said and not yet heeded. */
    @Transactional
    boolean due(Run run, JudgeSettings settings) {
        boolean patient = sql.number("select count(*) from window_judge where project_id = ? and blocked_at > now() - make_interval(mins => ?)",
                run.projectId(), PATIENCE_MINUTES) > 0;
        return !patient && (sql.number("""
                select count(*) from judged_window w where w.project_id = ? and w.model_id = ? and (w.state = 'SAID' and not w.heeded
                  or w.state = 'ASKING' or w.state = 'ABSENT' and w.again_at <= now())""", run.projectId(), settings.modelId()) > 0
                || !unchosen(run, basis(run, settings)).isEmpty());
    }

    /** Absent ones whose time has come are asked again. */
    @Transactional
    void askAgain(long projectId, long modelId) {
        sql.update("""
                update judged_window set state = 'ASKING', again_at = null
                where project_id = ? and model_id = ? and state = 'ABSENT' and again_at <= now()""", projectId, modelId);
    }

    /** Absent ones are asked again from the beginning. */
    @Transactional
    void retryAll(long projectId) {
        sql.update("update judged_window set state = 'ASKING', again_at = null, attempts = 0 where project_id = ? and state = 'ABSENT'", projectId);
        sql.update("update window_judge set blocked = null, blocked_at = null where project_id = ?", projectId);
    }

    @Transactional
    List<Long> seriesToAsk(long projectId, long modelId) {
        return sql.list("select distinct series_id from judged_window where project_id = ? and model_id = ? and state = 'ASKING' order by 1",
                row -> row.getLong(1), projectId, modelId);
    }

    @Transactional
    void answered(JudgedWindow window, Judgement judgement) {
        switch (judgement) {
            case Judgement.Judged said -> sql.update("""
                    update judged_window set state = 'SAID', severity = ?, reason = ?, shared = ?, heeded = false, said_at = now(), absence = null,
                      sentence = null where id = ?""", (float) said.severity(), said.reason(), said.known(), window.id());
            case Judgement.Missing missing when missing.absence().blocks() -> sql.update("""
                    update window_judge set blocked = ?, blocked_at = now() where project_id = (select project_id from judged_window where id = ?)""",
                    missing.sentence(), window.id());
            case Judgement.Missing missing -> sql.update("""
                    update judged_window set state = 'ABSENT', absence = ?, sentence = ?, attempts = attempts + 1,
                      again_at = case when ? and attempts + 1 < ? then now() + make_interval(mins => (2 ^ attempts)::int) end where id = ?""",
                    missing.absence(), missing.sentence(), missing.absence().worthAnotherTry(), TRIES, window.id());
        }
    }

    /** Nothing is tried for some minutes. */
    @Transactional
    void block(long projectId, String sentence) {
        sql.update("update window_judge set blocked = ?, blocked_at = now() where project_id = ?", sentence, projectId);
    }

    @Transactional
    void unblock(long projectId) {
        sql.update("update window_judge set blocked = null, blocked_at = null where project_id = ? and blocked_at is not null", projectId);
    }

    @Transactional
    List<Long> seriesToHeed(long projectId, long modelId) {
        return sql.list("select distinct series_id from judged_window where project_id = ? and model_id = ? and state = 'SAID' and not heeded order by 1",
                row -> row.getLong(1), projectId, modelId);
    }

    /** What was said of a series up to now is in its scores. */
    @Transactional
    void heeded(long seriesId, JudgedStretches stretches) {
        sql.update("""
                update judged_window set heeded = true where series_id = ? and state = 'SAID' and not heeded
                  and (odd_from, odd_to, severity) in (select * from unnest(?::int[], ?::int[], ?::float4[]))""", seriesId,
                stretches.stretches().stream().map(JudgedStretches.Stretch::from).toArray(Integer[]::new),
                stretches.stretches().stream().map(JudgedStretches.Stretch::to).toArray(Integer[]::new),
                stretches.stretches().stream().map(JudgedStretches.Stretch::severity).toArray(Float[]::new));
    }

    /** How far a project's present model is. */
    record Counts(int wanted, int judged, int shared) {}

    @Transactional
    Counts counts(long projectId, long modelId) {
        return sql.first("""
                select count(*), count(*) filter (where state = 'SAID'), count(*) filter (where state = 'SAID' and shared)
                from judged_window where project_id = ? and model_id = ?""", row -> new Counts(row.getInt(1), row.getInt(2), row.getInt(3)),
                projectId, modelId).orElseThrow();
    }

    @Transactional
    List<JudgeView.Absent> absent(long projectId, long modelId) {
        return sql.list("""
                select sentence, count(*) from judged_window where project_id = ? and model_id = ? and state = 'ABSENT'
                group by sentence order by 2 desc, 1 limit 6""", row -> new JudgeView.Absent(row.getString(1), row.getInt(2)), projectId, modelId);
    }

    @Transactional
    Optional<String> blocked(long projectId) {
        return sql.first("select blocked from window_judge where project_id = ? and blocked is not null", row -> row.getString(1), projectId);
    }

    private static JudgedWindow window(ResultSet row) throws SQLException {
        return new JudgedWindow(row.getLong("id"), row.getLong("series_id"), new Standout(row.getInt("point"), row.getInt("odd_from"), row.getInt("odd_to")),
                Arrays.asList((String[]) row.getArray("causes").getArray()), Arrays.asList((String[]) row.getArray("examples").getArray()),
                row.getString("state"), row.getFloat("severity"), row.getString("reason"), row.getString("model"), Sql.instant(row, "said_at"));
    }
}
