package org.laudable.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.laudable.database.Sql;
import org.laudable.webhook.WebhookPost.Outcome;

/** The table of deliveries: the newest attempt's outcome is kept, for thirty days. */
@ApplicationScoped
class DeliveryRepository {
    static final int KEPT_DAYS = 30;

    private final Sql sql;

    DeliveryRepository(Sql sql) {
        this.sql = sql;
    }

    /** A delivery that is being sent. */
    record Attempt(long id, UUID message, WebhookEvent event, String body, int number, Instant giveUpAt) {}

    /** The newest first. */
    List<Delivery> of(long webhookId, Optional<Delivery.State> state, long before, int limit) {
        return sql.list("""
                select * from webhook_delivery where webhook_id = ? and (? = '' or state = ?) and (? = 0 or id < ?) order by id desc limit ?""",
                DeliveryRepository::delivery, webhookId, state.map(Enum::name).orElse(""), state.map(Enum::name).orElse(""), before, before, limit);
    }

    Optional<Delivery> find(long webhookId, long id) {
        return sql.first("select * from webhook_delivery where webhook_id = ? and id = ?", DeliveryRepository::delivery, webhookId, id);
    }

    Optional<String> body(long webhookId, long id) {
        return sql.first("select body from webhook_delivery where webhook_id = ? and id = ?", row -> row.getString(1), webhookId, id);
    }

    void insert(long webhookId, UUID message, long sequence, WebhookEvent event, int facts, String body, Instant now) {
        sql.update("""
                insert into webhook_delivery (webhook_id, message, sequence, event, facts, body, created_at, next_at, give_up_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", webhookId, message, sequence, event.wireName(), facts, body, now, now, now.plus(Backoff.GIVE_UP));
    }

    /** Counts an attempt at the oldest that is due, before it is made; a ping goes first: somebody waits for it. */
    Optional<Attempt> begin(long webhookId, Instant now) {
        return sql.first("""
                update webhook_delivery set attempts = attempts + 1, attempted_at = ? where id = (
                  select id from webhook_delivery where webhook_id = ? and state = 'WAITING' and next_at <= ? order by event <> 'ping', sequence limit 1)
                returning id, message, event, body, attempts, give_up_at""",
                row -> new Attempt(row.getLong("id"), row.getObject("message", UUID.class), WebhookEvent.of(row.getString("event")),
                        row.getString("body"), row.getInt("attempts"), Sql.instant(row, "give_up_at")), now, webhookId, now);
    }

    /** @param nextAt null unless it waits; nothing is written if another attempt was made meanwhile */
    boolean end(Attempt attempt, Delivery.State state, Instant nextAt, Outcome outcome) {
        return sql.update("""
                update webhook_delivery set state = ?, next_at = ?, millis = ?, status = ?::int, answer = ?, error = ?
                where id = ? and attempts = ? and state = 'WAITING'""",
                state, nextAt, outcome.millis(), outcome.status().orElse(null), outcome.answer().orElse(null), outcome.error().orElse(null),
                attempt.id(), attempt.number()) == 1;
    }

    /** Puts one back in line, whatever became of it. */
    boolean replay(long webhookId, long id, Instant now) {
        return sql.update("""
                update webhook_delivery set state = 'WAITING', next_at = ?, give_up_at = ? where webhook_id = ? and id = ?""",
                now, now.plus(Backoff.GIVE_UP), webhookId, id) == 1;
    }

    int replayGivenUp(long webhookId, Instant now) {
        return sql.update("""
                update webhook_delivery set state = 'WAITING', next_at = ?, give_up_at = ? where webhook_id = ? and state = 'GIVEN_UP'""",
                now, now.plus(Backoff.GIVE_UP), webhookId);
    }

    /** What waited while the webhook was paused has its day again. */
    void wake(long webhookId, Instant now) {
        sql.update("update webhook_delivery set next_at = ?, give_up_at = ? where webhook_id = ? and state = 'WAITING'", now,
                now.plus(Backoff.GIVE_UP), webhookId);
    }

    /** Deliveries of more than thirty days, and news for webhooks that are gone. */
    @Transactional
    int clean(Instant now) {
        sql.update("delete from webhook_event e where not exists (select 1 from webhook w where w.id = e.webhook_id)");
        return sql.update("delete from webhook_delivery where created_at < ?::timestamptz - ? * interval '1 day'", now, KEPT_DAYS);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(row.getLong("id"), row.getObject("message", UUID.class), row.getLong("sequence"), WebhookEvent.of(row.getString("event")),
                row.getInt("facts"), Delivery.State.valueOf(row.getString("state")), row.getInt("attempts"), Sql.instant(row, "created_at"),
                Optional.ofNullable(row.getString("state").equals("WAITING") ? Sql.instant(row, "next_at") : null),
                Optional.ofNullable(Sql.instant(row, "attempted_at")), Optional.ofNullable(row.getObject("millis", Integer.class)),
                Optional.ofNullable(row.getObject("status", Integer.class)), Optional.ofNullable(row.getString("answer")),
                Optional.ofNullable(row.getString("error")));
    }
}
