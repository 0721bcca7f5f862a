package org.laudable.security.sso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which tokens are taken for the provider's word. */
class TokenCheckTest {
    private static final ProviderDouble PROVIDER = new ProviderDouble();
    private final TokenCheck check = new TokenCheck(PROVIDER.issuer(), ProviderDouble.CLIENT, PROVIDER.keys(), Clock.systemUTC());

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    @Test
    void an_id_token_says_who_it_is_and_what_they_are() throws InvalidJwtException {
        ProviderClaims claims = check.person(PROVIDER.idToken("s-1", "kim", List.of("boss"), List.of("/a/b")), null);

        assertEquals("s-1", claims.person().subject());
        assertEquals("kim", claims.person().username());
        assertEquals(PROVIDER.issuer(), claims.person().issuer());
        assertEquals(Set.of("boss"), claims.roles());
        assertEquals(Set.of("/a/b"), claims.groups());
    }

    @Test
    void roles_of_the_access_token_count_if_it_is_about_the_same_person() throws InvalidJwtException {
        String id = PROVIDER.idToken("s-1", "kim", List.of("one"), List.of());

        assertEquals(Set.of("one", "two"), check.person(id, PROVIDER.idToken("s-1", "kim", List.of("two"), List.of())).roles());
        assertEquals(Set.of("one"), check.person(id, PROVIDER.idToken("s-2", "eve", List.of("two"), List.of())).roles());
        assertEquals(Set.of("one"), check.person(id, "not-a-jwt").roles());
    }

    @Test
    void an_id_token_of_another_issuer_client_key_or_time_is_refused() throws Exception {
        Consumer<JwtClaims> kim = claims -> {
            claims.setSubject("s-1");
            claims.setExpirationTimeMinutesInTheFuture(1);
        };
        check.person(PROVIDER.signed(kim), null);
        JwtClaims forged = new JwtClaims();
        forged.setIssuer(PROVIDER.issuer());
        forged.setAudience(ProviderDouble.CLIENT);
        kim.accept(forged);
        for (String bad : List.of(
                PROVIDER.signed(kim.andThen(claims -> claims.setIssuer("https://evil.example"))),
                PROVIDER.signed(kim.andThen(claims -> claims.setAudience("another"))),
                PROVIDER.signed(kim.andThen(claims -> claims.setExpirationTime(NumericDate.fromSeconds(1)))),
                PROVIDER.signed(claims -> claims.setSubject("s-1")),
                ProviderDouble.sign(forged, RsaJwkGenerator.generateJwk(2048)),
                "eyJhbGciOiJub25lIn0." + PROVIDER.signed(kim).split("\\.")[1] + ".")) {
            assertThrows(InvalidJwtException.class, () -> check.person(bad, null), bad);
        }
    }

    @Test
    void a_logout_token_names_a_session_or_a_person() throws InvalidJwtException {
        LogoutToken session = check.logout(PROVIDER.logoutToken(claims -> claims.setStringClaim("sid", "x")));
        LogoutToken person = check.logout(PROVIDER.logoutToken(claims -> claims.setSubject("s-1")));

        assertEquals(Optional.of("x"), session.sid());
        assertEquals(Optional.of("s-1"), person.subject());
    }

    @Test
    void what_is_no_logout_token_ends_nothing() {
        Consumer<JwtClaims> session = claims -> claims.setStringClaim("sid", "x");
        for (String bad : List.of(
                PROVIDER.logoutToken(claims -> { }),
                PROVIDER.logoutToken(session.andThen(claims -> claims.setStringClaim("nonce", "n"))),
                PROVIDER.logoutToken(session.andThen(claims -> claims.setClaim("events", Map.of()))),
                PROVIDER.signed(session),
                PROVIDER.logoutToken(session.andThen(claims -> claims.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() - 3_600)))),
                PROVIDER.logoutToken(session.andThen(claims -> claims.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() + 3_600)))),
                PROVIDER.logoutToken(session.andThen(claims -> claims.unsetClaim("jti"))),
                PROVIDER.logoutToken(session.andThen(claims -> claims.unsetClaim("iat"))),
                PROVIDER.logoutToken(session.andThen(claims -> claims.setAudience("another"))),
                PROVIDER.logoutToken(session.andThen(claims -> claims.setIssuer("https://evil.example"))),
                "")) {
            assertThrows(InvalidJwtException.class, () -> check.logout(bad), bad);
        }
    }
}
