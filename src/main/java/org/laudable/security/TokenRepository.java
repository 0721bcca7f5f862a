package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.laudable.database.Sql;

/** The personal access tokens. Time comes from the caller's clock. */
@ApplicationScoped
class TokenRepository {
    private static final String COLUMNS = """
            select t.id, t.account_id, a.display_name, t.name, t.start, t.actions, t.projects, t.created_at, t.expires_at,
              t.revoked_at, t.last_used_at, t.last_used_from, not a.enabled or a.session_epoch <> t.session_epoch as outdated
            from api_token t join account a on a.id = t.account_id
            """;

    private final Sql sql;

    TokenRepository(Sql sql) {
        this.sql = sql;
    }

    long insert(long accountId, NewToken token, TokenSecret secret, Instant now, Instant expiresAt) {
        return sql.number("""
                insert into api_token (account_id, name, start, hash, actions, projects, session_epoch, created_at, expires_at)
                select a.id, ?, ?, ?, ?, ?::bigint[], a.session_epoch, ?, ? from account a where a.id = ? returning id""",
                token.name().strip(), secret.start(), secret.hash(),
                token.actions().stream().map(Enum::name).sorted().toArray(String[]::new),
                token.projects().map(ids -> ids.stream().sorted().toArray(Long[]::new)).orElse(null), now, expiresAt, accountId);
    }

    Optional<ApiToken> byHash(byte[] hash) {
        return sql.first(COLUMNS + "where t.hash = ?", TokenRepository::token, (Object) hash);
    }

    Optional<ApiToken> find(long id) {
        return sql.first(COLUMNS + "where t.id = ?", TokenRepository::token, id);
    }

    /** Newest first. */
    List<ApiToken> ofAccount(long accountId) {
        return sql.list(COLUMNS + "where t.account_id = ? order by t.id desc", TokenRepository::token, accountId);
    }

    /** Newest first; only those that still work. */
    List<ApiToken> usable(Instant now, int limit) {
        return sql.list(COLUMNS + """
                where t.revoked_at is null and t.expires_at > ? and a.enabled and a.session_epoch = t.session_epoch
                order by t.id desc limit ?""", TokenRepository::token, now, limit);
    }

    long countUsable(long accountId, Instant now) {
        return sql.number("""
                select count(*) from api_token t join account a on a.id = t.account_id
                where a.id = ? and t.revoked_at is null and t.expires_at > ? and a.session_epoch = t.session_epoch""", accountId, now);
    }

    boolean revoke(long id, Instant now) {
        return sql.update("update api_token set revoked_at = ? where id = ? and revoked_at is null", now, id) == 1;
    }

    void used(long id, Instant now, String from) {
        sql.update("update api_token set last_used_at = ?, last_used_from = ? where id = ?", now, from, id);
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        Set<TokenAction> actions = Arrays.stream((String[]) row.getArray("actions").getArray()).map(TokenAction::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
        Array projects = row.getArray("projects");
        return new ApiToken(row.getLong("id"), row.getLong("account_id"), row.getString("display_name"), row.getString("name"),
                row.getString("start"), actions,
                projects == null ? Optional.empty() : Optional.of(new TreeSet<>(List.of((Long[]) projects.getArray()))),
                row.getBoolean("outdated"), Sql.instant(row, "created_at"), Sql.instant(row, "expires_at"),
                Sql.instant(row, "revoked_at"), Sql.instant(row, "last_used_at"), row.getString("last_used_from"));
    }
}
