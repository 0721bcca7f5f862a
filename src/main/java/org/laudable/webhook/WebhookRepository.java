package org.laudable.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.laudable.database.Sql;

/** The table of webhooks, and who sends for one just now. */
@ApplicationScoped
class WebhookRepository {
    private static final String SELECT = """
            select w.*, (select count(*) from webhook_delivery d where d.webhook_id = w.id and d.state = 'WAITING') as waiting,
              (select count(*) from webhook_delivery d where d.webhook_id = w.id and d.state = 'GIVEN_UP') as given_up
            from webhook w where\s""";
    /** Longer than an attempt can take, so that nobody else sends meanwhile. */
    private static final int HELD_SECONDS = (int) WebhookPost.TIMEOUT.toSeconds() + 20;

    /** So many webhooks of a project are sent for at a time. */
    private static final int PLACES = 2;
    /** After so long without an attempt, failures are counted anew: an address that nobody called has not failed meanwhile. */
    private static final Duration QUIET = Duration.ofDays(1);

    private final Sql sql;

    WebhookRepository(Sql sql) {
        this.sql = sql;
    }

    /** What a worker needs to send. */
    record Sender(long id, long projectId, String url, byte[] secret, byte[] oldSecret, boolean withTexts) {}

    List<Webhook> ofProject(long projectId) {
        return sql.list(SELECT + "w.project_id = ? order by w.id", WebhookRepository::webhook, projectId);
    }

    Optional<Webhook> find(long projectId, long id) {
        return sql.first(SELECT + "w.project_id = ? and w.id = ?", WebhookRepository::webhook, projectId, id);
    }

    long insert(long projectId, WebhookSettings settings, long createdBy) {
        return sql.number("""
                insert into webhook (project_id, name, url, events, with_texts, created_by) values (?, ?, ?, ?, ?, ?) returning id""",
                projectId, settings.name(), settings.url(), names(settings), settings.withTexts(), createdBy);
    }

    /** Whether it was of this version still. */
    boolean change(long id, int version, WebhookSettings settings) {
        return sql.update("""
                update webhook set name = ?, url = ?, events = ?, with_texts = ?, rests_until = null, version = version + 1
                where id = ? and version = ?""", settings.name(), settings.url(), names(settings), settings.withTexts(), id, version) == 1;
    }

    void state(long id, Webhook.State state) {
        sql.update("""
                update webhook set state = ?, failures = 0, failing_since = case when ? = 'FAILED' then failing_since end, rests_until = null,
                  told = false, version = version + 1 where id = ?""", state, state, id);
    }

    /** The secret of a new webhook. */
    void secret(long id, byte[] sealed) {
        sql.update("update webhook set secret = ? where id = ?", sealed, id);
    }

    /** The one it had signs as well for a time. */
    void nextSecret(long id, byte[] sealed, Instant oldUntil) {
        sql.update("update webhook set old_secret = secret, old_until = ?, secret = ?, version = version + 1 where id = ?", oldUntil, sealed, id);
    }

    void remove(long id) {
        sql.update("delete from webhook where id = ?", id);
        sql.update("delete from webhook_event where webhook_id = ?", id);
    }

    /** Webhooks that have something to send and nobody who does, whose turn is longest ago first; few of one project. */
    List<Long> due(Instant now, int limit) {
        return sql.list("""
                select id from (
                  select w.id, w.attempted_at, row_number() over (partition by w.project_id order by w.attempted_at nulls first, w.id)
                    + (select count(*) from webhook b where b.project_id = w.project_id and b.busy_until >= clock_timestamp()) as place
                  from webhook w
                  where w.state = 'ACTIVE' and (w.busy_until is null or w.busy_until < clock_timestamp()) and (w.rests_until is null or w.rests_until <= ?)
                    and (exists (select 1 from webhook_event e where e.webhook_id = w.id)
                      or exists (select 1 from webhook_delivery d where d.webhook_id = w.id and d.state = 'WAITING' and d.next_at <= ?))
                ) waiting where place <= ? order by attempted_at nulls first, id limit ?""", row -> row.getLong(1), now, now, PLACES, limit);
    }

    /** Takes the webhook for this worker, unless another one has it or it must rest. */
    @Transactional
    Optional<Sender> take(long id, UUID worker, Instant now) {
        return sql.first("""
                update webhook set busy_by = ?, busy_until = clock_timestamp() + ? * interval '1 second'
                where id = ? and state = 'ACTIVE' and (busy_until is null or busy_until < clock_timestamp()) and (rests_until is null or rests_until <= ?)
                returning id, project_id, url, secret, case when old_until > ? then old_secret end as old_secret, with_texts""",
                row -> new Sender(row.getLong("id"), row.getLong("project_id"), row.getString("url"), row.getBytes("secret"),
                        row.getBytes("old_secret"), row.getBoolean("with_texts")), worker, HELD_SECONDS, id, now, now);
    }

    /** Keeps it for another attempt; false if it is this worker's no more, was paused, changed or must rest. */
    boolean hold(Sender sender, UUID worker, Instant now) {
        return sql.update("""
                update webhook set busy_until = clock_timestamp() + ? * interval '1 second'
                where id = ? and busy_by = ? and state = 'ACTIVE' and url = ? and secret = ? and (rests_until is null or rests_until <= ?)""",
                HELD_SECONDS, sender.id(), worker, sender.url(), sender.secret(), now) == 1;
    }

    @Transactional
    void release(long id, UUID worker) {
        sql.update("update webhook set busy_by = null, busy_until = null where id = ? and busy_by = ?", id, worker);
    }

    void succeeded(long id, Instant now) {
        sql.update("update webhook set failures = 0, failing_since = null, rests_until = null, told = false, attempted_at = ? where id = ?", now, id);
    }

    /** One more failure; how many that makes in a row without a quiet day between, and since when. */
    Failing failed(long id, Instant now) {
        Instant quiet = now.minus(QUIET);
        return sql.first("""
                update webhook set failures = case when attempted_at < ? then 1 else failures + 1 end,
                  failing_since = case when attempted_at < ? then ? else coalesce(failing_since, ?) end, attempted_at = ? where id = ?
                returning failures, failing_since""",
                row -> new Failing(row.getInt(1), Sql.instant(row, "failing_since")), quiet, quiet, now, now, now, id).orElse(new Failing(1, now));
    }

    record Failing(int failures, Instant since) {}

    void rest(long id, Instant until) {
        sql.update("update webhook set rests_until = ? where id = ?", until, id);
    }

    /** Whether managers have not been told yet that it gives deliveries up. */
    boolean tell(long id) {
        return sql.update("update webhook set told = true where id = ? and not told", id) == 1;
    }

    private static String[] names(WebhookSettings settings) {
        return settings.events().stream().sorted().map(WebhookEvent::wireName).toArray(String[]::new);
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        Array events = row.getArray("events");
        WebhookSettings settings = new WebhookSettings(row.getString("name"), row.getString("url"),
                Stream.of((String[]) events.getArray()).map(WebhookEvent::of).collect(Collectors.toSet()), row.getBoolean("with_texts"));
        return new Webhook(row.getLong("id"), row.getLong("project_id"), settings, Webhook.State.valueOf(row.getString("state")),
                row.getInt("failures"), Optional.ofNullable(Sql.instant(row, "failing_since")), row.getLong("waiting"), row.getLong("given_up"),
                Optional.ofNullable(Sql.instant(row, "attempted_at")), Sql.instant(row, "created_at"), row.getInt("version"));
    }
}
