package org.laudable.security.sso;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.laudable.LaudableConfig;
import org.laudable.database.SecretBox;
import org.laudable.database.Sql;

/** The table {@code sso_session}. All times are the database's; tokens are encrypted for their session. */
@ApplicationScoped
class SsoSessions {
    private final Sql sql;
    private final SecretBox box;

    SsoSessions(Sql sql, LaudableConfig config) {
        this.sql = sql;
        this.box = new SecretBox(config.data(), "sso-tokens.key");
    }

    /**
     * A session that lives.
     *
     * @param refreshToken empty if it cannot be decrypted, as after moving a database without its data folder
     * @param ranOut       whether the refresh token has reached its own end
     */
    record Live(long id, long accountId, String nonce, String subject, Optional<String> refreshToken, boolean ranOut) {}

    void insert(long accountId, String nonce, Optional<String> sid, Tokens tokens, Duration checkAfter) {
        sql.update("""
                insert into sso_session (account_id, nonce, sid, refresh_token, id_token, token_until, next_check_at)
                values (?, ?, ?, ?, ?, ?::timestamptz, now() + make_interval(secs => ?))""", accountId, nonce, sid.orElse(null),
                box.seal(nonce, tokens.refresh()), box.seal(nonce, tokens.id()), tokens.until().orElse(null), seconds(checkAfter));
    }

    /** Takes sessions whose check is due; until {@code mine} has passed no other replica takes them. */
    List<Live> take(int most, Duration mine) {
        return sql.list("""
                update sso_session s set next_check_at = now() + make_interval(secs => ?)
                from account a
                where a.id = s.account_id and s.id in (select id from sso_session where ended_at is null and next_check_at <= now()
                  order by next_check_at limit ? for update skip locked)
                returning s.id, s.account_id, s.nonce, a.sso_subject, s.refresh_token, coalesce(s.token_until <= now(), false)""",
                this::live, seconds(mine), most);
    }

    /** The provider said yes. False: the session has been ended meanwhile. */
    boolean renewed(Live session, Tokens tokens, Duration checkAfter) {
        return sql.update("""
                update sso_session set refresh_token = ?, id_token = ?, token_until = ?::timestamptz, checked_at = now(),
                  next_check_at = now() + make_interval(secs => ?)
                where id = ? and ended_at is null""", box.seal(session.nonce(), tokens.refresh()), box.seal(session.nonce(), tokens.id()),
                tokens.until().orElse(null), seconds(checkAfter), session.id()) == 1;
    }

    /** The provider could not be asked. */
    void tryAgain(Live session, Duration after) {
        sql.update("update sso_session set next_check_at = now() + make_interval(secs => ?) where id = ? and ended_at is null",
                seconds(after), session.id());
    }

    /** Somebody who is signed in nowhere but whose personal access tokens still work. */
    record TokenOwner(long accountId, String subject) {}

    List<TokenOwner> tokenOwners(String issuer) {
        return sql.list("""
                select a.id, a.sso_subject from account a
                where a.sso_issuer = ? and a.enabled
                  and exists (select 1 from api_token t where t.account_id = a.id and t.revoked_at is null and t.expires_at > now()
                    and t.session_epoch = a.session_epoch)
                  and not exists (select 1 from sso_session s where s.account_id = a.id and s.ended_at is null)""",
                row -> new TokenOwner(row.getLong(1), row.getString(2)), issuer);
    }

    /** A session that was ended: whose, and under which nonce. */
    record Ended(long accountId, String nonce, Optional<String> idToken) {}

    List<Ended> endByNonce(String nonce, String reason) {
        return end("nonce = ?", reason, nonce);
    }

    List<Ended> endBySid(String sid, String reason) {
        return end("sid = ?", reason, sid);
    }

    List<Ended> endByAccount(long accountId, String reason) {
        return end("account_id = ?", reason, accountId);
    }

    Optional<Long> account(String issuer, String subject) {
        return sql.first("select id from account where sso_issuer = ? and sso_subject = ?", row -> row.getLong(1), issuer, subject);
    }

    boolean anyLive(long accountId) {
        return sql.number("select count(*) from sso_session where account_id = ? and ended_at is null", accountId) > 0;
    }

    long live() {
        return sql.number("select count(*) from sso_session where ended_at is null and started_at > now() - interval '24 hours'");
    }

    Optional<Instant> lastYes() {
        return sql.list("select max(checked_at) as last from sso_session", row -> Optional.ofNullable(Sql.instant(row, "last"))).getFirst();
    }

    /** Remembers a logout token; false if it was seen before. */
    boolean firstSeen(String tokenId) {
        return sql.update("insert into sso_logout_token (jti) values (?) on conflict do nothing", tokenId) == 1;
    }

    /** Sessions older than any cookie, and logout tokens too old to be taken, are of no use. */
    void clean() {
        sql.update("delete from sso_session where started_at < now() - interval '25 hours'");
        sql.update("delete from sso_logout_token where seen_at < now() - interval '1 day'");
    }

    private List<Ended> end(String which, String reason, Object parameter) {
        return sql.list("update sso_session set ended_at = now(), end_reason = ? where ended_at is null and " + which
                + " returning account_id, nonce, id_token", row -> new Ended(row.getLong(1), row.getString(2), opened(row, 2, 3)), reason, parameter);
    }

    private Live live(ResultSet row) throws SQLException {
        return new Live(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), opened(row, 3, 5), row.getBoolean(6));
    }

    private Optional<String> opened(ResultSet row, int nonce, int token) throws SQLException {
        try {
            return Optional.of(box.open(row.getString(nonce), row.getBytes(token)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // another data folder's key
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
