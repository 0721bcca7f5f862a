package org.laudable.loop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.database.Sql;
import org.laudable.notification.NotificationKind;
import org.laudable.notification.Notifications;
import org.laudable.project.ProjectKind;
import org.laudable.webhook.Outbox;
import org.laudable.webhook.WebhookEvent;

/** The run table. State changes lock the row first, so that steps, pauses and stops meet in an order. */
@ApplicationScoped
public class Runs {
    private static final String SELECT = "select r.*, p.kind, (select s.display_name from account s where s.id = r.stopped_by) as stopped_by_name from run r join project p on p.id = r.project_id ";
    private static final String OVER = "('FINISHED', 'STOPPED', 'FAILED')";

    private final Sql sql;
    private final Notifications notifications;
    private final Outbox outbox;

    Runs(Sql sql, Notifications notifications, Outbox outbox) {
        this.sql = sql;
        this.notifications = notifications;
        this.outbox = outbox;
    }

    /** Starts a run with settings as JSON, unless the project has one already. */
    @Transactional
    public Optional<Long> insert(long projectId, String settings, long startedBy) {
        return sql.first("""
                insert into run (project_id, state, settings, started_by) values (?, 'PREPARING', ?::jsonb, ?)
                on conflict (project_id) where state not in ('FINISHED', 'STOPPED', 'FAILED') do nothing returning id""",
                row -> row.getLong(1), projectId, settings, startedBy);
    }

    @Transactional
    public Optional<Run> find(long runId) {
        return sql.first(SELECT + "where r.id = ?", Runs::run, runId);
    }

    /** Reads the run and keeps everybody else from changing it until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Run> lock(long runId) {
        return sql.first(SELECT + "where r.id = ? for update of r", Runs::run, runId);
    }

    /** The project's unfinished run, else its newest. */
    @Transactional
    public Optional<Run> current(long projectId) {
        return sql.first(SELECT + "where r.project_id = ? order by (r.state not in " + OVER + ") desc, r.id desc limit 1",
                Runs::run, projectId);
    }

    /** Runs that have work or wait for answers; not those of archived projects. */
    @Transactional
    public List<Run> active() {
        return sql.list(SELECT + "where p.state = 'ACTIVE' and r.state not in ('FINISHED', 'STOPPED', 'FAILED', 'PAUSED') order by r.id",
                Runs::run);
    }

    /** Who started a run, by display name. */
    @Transactional
    public Optional<String> starter(long runId) {
        return sql.first("select a.display_name from run r join account a on a.id = r.started_by where r.id = ?",
                row -> row.getString(1), runId);
    }

    @Transactional
    public void move(long runId, RunState to) {
        sql.update("""
                update run set state = ?, left_state = null, error = null, version = version + 1, state_since = now(),
                  finished_at = case when ? in ('FINISHED', 'STOPPED') then now() end where id = ?""", to, to, runId);
        if (to == RunState.FINISHED) {
            tell(runId, NotificationKind.RUN_FINISHED, null);
        }
        if (to == RunState.FINISHED || to == RunState.STOPPED) {
            stopped(runId, to);
        }
    }

    /** PAUSED or FAILED, remembering where to go on. */
    @Transactional
    public void leave(long runId, RunState to, RunState from, Note error) {
        sql.update("""
                update run set state = ?, left_state = ?, error = ?::jsonb, version = version + 1, state_since = now() where id = ?""",
                to, from, error == null ? null : error.written(), runId);
        tell(runId, to == RunState.FAILED ? NotificationKind.RUN_FAILED : NotificationKind.RUN_PAUSED, error);
        if (to == RunState.FAILED) {
            stopped(runId, to);
        }
    }

    /** Where a run that is paused in mid-step goes on once resumed. */
    @Transactional
    public void goOnFrom(long runId, RunState next) {
        sql.update("update run set left_state = ?, version = version + 1 where id = ?", next, runId);
    }

    @Transactional
    public void stopReason(long runId, String rule, Note reason) {
        sql.update("update run set stop_rule = ?, stop_reason = ?::jsonb, version = version + 1 where id = ?", rule, reason.written(), runId);
    }

    /** A person ended it: the note names them as its last argument when it is read. */
    @Transactional
    public void stoppedBy(long runId, long accountId, Note reason) {
        stopReason(runId, RunControl.BY_PERSON, reason);
        sql.update("update run set stopped_by = ? where id = ?", accountId, runId);
    }

    /** The note in a row's column, with who stopped the run where somebody did; null if there is none. */
    public static Note stopReason(ResultSet row) throws SQLException {
        Note reason = note(row, "stop_reason");
        String by = row.getString("stopped_by_name");
        return reason == null || by == null ? reason : reason.with(by);
    }

    public static Note note(ResultSet row, String column) throws SQLException {
        String written = row.getString(column);
        return written == null ? null : Note.read(written);
    }

    @Transactional
    public void round(long runId, int number) {
        sql.update("update run set round_number = ?, version = version + 1 where id = ?", number, runId);
    }

    /** The database's clock, which all processes share. */
    @Transactional
    public Instant now() {
        return sql.first("select clock_timestamp() as now", row -> Sql.instant(row, "now")).orElseThrow();
    }

    /** Whether a file is on its way in. */
    @Transactional
    public boolean importing(long projectId) {
        return sql.number("""
                select (select count(*) from data_import where project_id = ? and state in ('WAITING', 'RUNNING'))
                  + (select count(*) from series_import where project_id = ? and state in ('WAITING', 'RUNNING'))""", projectId, projectId) > 0;
    }

    /** A round has the answers it asked for. */
    @Transactional
    public void batchComplete(long runId, int round) {
        outbox.add(projectOf(runId), WebhookEvent.BATCH_COMPLETE, Map.of("runId", runId, "round", round));
    }

    /** A round's model is there: its managers are told. The start before any answer is no news. */
    @Transactional
    public void batchReady(long runId, int round, int labels) {
        if (round > 0) {
            long projectId = projectOf(runId);
            notifications.toManagers(projectId, NotificationKind.BATCH_READY,
                    Map.of("round", Integer.toString(round), "labels", Integer.toString(labels)));
            outbox.add(projectId, WebhookEvent.ROUND_FINISHED, Map.of("runId", runId, "round", round, "labels", labels));
        }
    }

    private void tell(long runId, NotificationKind kind, Note note) {
        notifications.toOtherManagers(projectOf(runId), kind, note == null ? Map.of() : Notifications.noted(note.key(), note.arguments()));
    }

    private void stopped(long runId, RunState state) {
        outbox.add(projectOf(runId), WebhookEvent.RUN_STOPPED, Map.of("runId", runId, "state", state));
    }

    private long projectOf(long runId) {
        return sql.number("select project_id from run where id = ?", runId);
    }

    private static Run run(ResultSet row) throws SQLException {
        String left = row.getString("left_state");
        return new Run(row.getLong("id"), row.getLong("project_id"), ProjectKind.valueOf(row.getString("kind")),
                RunState.valueOf(row.getString("state")), left == null ? null : RunState.valueOf(left), row.getString("settings"),
                row.getString("stop_rule"), stopReason(row), note(row, "error"), row.getInt("round_number"),
                row.getObject("started_by", Long.class), Sql.instant(row, "created_at"), Sql.instant(row, "state_since"),
                Sql.instant(row, "finished_at"));
    }
}
