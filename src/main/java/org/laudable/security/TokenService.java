package org.laudable.security;

import io.quarkus.security.ForbiddenException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;

/** Personal access tokens: everyone makes and revokes their own, an administrator sees and revokes everybody's. */
@ApplicationScoped
public class TokenService {
    private static final int MOST_PER_PERSON = 50;
    private static final int MOST_SHOWN = 500;

    private final TokenRepository tokens;
    private final CurrentUser currentUser;
    private final AuditLog audit;
    private final Clock clock;

    TokenService(TokenRepository tokens, CurrentUser currentUser, AuditLog audit, Clock clock) {
        this.tokens = tokens;
        this.currentUser = currentUser;
        this.audit = audit;
        this.clock = clock;
    }

    /** A fresh token; its secret is shown now and never again. */
    public record Created(ApiToken token, String secret) {}

    /** @throws Refused if a choice is out of bounds */
    @Transactional
    public Created create(NewToken wanted) {
        User me = inPerson();
        if (wanted.name().isBlank() || wanted.name().strip().length() > 80) {
            throw new Refused("A token's name has 1 to 80 characters.");
        }
        if (wanted.actions().isEmpty()) {
            throw new Refused("Choose at least one thing the token may be used for.");
        }
        if (wanted.projects().filter(ids -> ids.isEmpty() || ids.size() > 200).isPresent()) {
            throw new Refused("Choose 1 to 200 projects, or all.");
        }
        if (wanted.days() < 1 || wanted.days() > NewToken.MOST_DAYS) {
            throw new Refused("A token is valid for 1 to " + NewToken.MOST_DAYS + " days.");
        }
        if (wanted.actions().contains(TokenAction.ADMIN) && !me.admin()) {
            throw new Refused("Only an administrator's token can do what administrators do.");
        }
        Instant now = clock.instant();
        if (tokens.countUsable(me.id(), now) >= MOST_PER_PERSON) {
            throw new Refused("You have " + MOST_PER_PERSON + " tokens already. Revoke one you no longer need.");
        }
        TokenSecret secret = TokenSecret.random();
        long id = tokens.insert(me.id(), wanted, secret, now, now.plus(Duration.ofDays(wanted.days())));
        ApiToken token = tokens.find(id).orElseThrow();
        audit.record("token.created", "token:" + id, null, Map.of("name", token.name(), "actions", token.actions(),
                "projects", token.projects().<Object>map(ids -> ids).orElse("all"), "expiresAt", token.expiresAt().toString()));
        return new Created(token, secret.text());
    }

    /** One's own, newest first, revoked and expired ones too. */
    @Transactional
    public List<ApiToken> mine() {
        return tokens.ofAccount(inPerson().id());
    }

    /** A person's, newest first. For administrators. */
    @Transactional
    public List<ApiToken> of(long accountId) {
        adminInPerson();
        return tokens.ofAccount(accountId);
    }

    /** Everybody's that still work, newest first, at most 500. For administrators. */
    @Transactional
    public List<ApiToken> everybodys() {
        adminInPerson();
        return tokens.usable(clock.instant(), MOST_SHOWN);
    }

    /** Ends a token at once: one's own, or as an administrator anybody's. A second time does nothing. */
    @Transactional
    public void revoke(long tokenId) {
        User me = inPerson();
        ApiToken token = tokens.find(tokenId).filter(found -> found.accountId() == me.id() || me.admin())
                .orElseThrow(() -> new ForbiddenException("There is no such token, or it is not yours."));
        if (tokens.revoke(tokenId, clock.instant())) {
            audit.record("token.revoked", "token:" + tokenId, null, Map.of("name", token.name(), "owner", token.accountId()));
        }
    }

    public Instant now() {
        return clock.instant();
    }

    /** A token makes no tokens: a stolen one would live for ever. */
    private User inPerson() {
        User me = currentUser.require();
        if (currentUser.token().isPresent()) {
            throw new ForbiddenException("Tokens are made and revoked by a person who is signed in, not with a token.");
        }
        return me;
    }

    private void adminInPerson() {
        inPerson();
        currentUser.requireAdmin();
    }
}
