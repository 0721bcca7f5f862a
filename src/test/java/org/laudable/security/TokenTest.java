package org.laudable.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.testing.Sample;

/** Personal access tokens: what they open, what ends them, and that none is kept. */
@QuarkusTest
class TokenTest {
    @Inject Sample sample;
    @Inject People people;
    @Inject TokenService tokens;
    @Inject AccountService accounts;
    @Inject ProfileService profiles;
    @Inject Clock clock;

    private final HandClock hand = new HandClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private User ann;
    private long project;

    @BeforeEach
    void a_person_with_a_project_and_a_clock_that_moves_by_hand() {
        QuarkusMock.installMockForInstance(hand, clock);
        ann = sample.person("ann");
        project = sample.project(ann, "apples", "pears");
    }

    @Test
    void a_token_opens_what_it_is_for_and_nothing_else() {
        String token = token(ann, Optional.empty(), TokenAction.ANNOTATE);

        progress(token, project).statusCode(200);
        get(token, "/api/v1/projects/" + project + "/export").statusCode(403)
                .contentType("application/problem+json").body("detail", containsString("EXPORT"));
        get(token, "/api/test/who-am-i").statusCode(403).body("detail", containsString("not with a token"));
    }

    @Test
    void the_trail_says_which_token_it_was() {
        String token = token(ann, Optional.empty(), TokenAction.EXPORT);

        get(token, "/api/v1/projects/" + project + "/export").statusCode(200);

        assertEquals(1, sample.number("""
                select count(*) from audit_event e join api_token t on t.id = e.token_id
                where e.action = 'labels.exported' and e.project_id = ? and t.hash = sha256(convert_to(?, 'UTF8'))""", project, token));
    }

    @Test
    void a_token_reaches_only_the_projects_it_names_and_never_more_than_its_person() {
        long other = sample.project(ann, "apples", "pears");
        long foreign = sample.project(sample.person("ben"), "apples", "pears");
        String token = token(ann, Optional.of(Set.of(project, foreign)), TokenAction.ANNOTATE);

        progress(token, project).statusCode(200);
        progress(token, other).statusCode(404);
        progress(token, foreign).statusCode(404);
        progress(token, Long.MAX_VALUE).statusCode(404);
    }

    @Test
    void an_administrators_token_without_that_action_is_an_ordinary_persons() {
        User boss = sample.admin("boss");

        progress(token(boss, Optional.empty(), TokenAction.ANNOTATE), project).statusCode(404);
        progress(token(boss, Optional.empty(), TokenAction.ANNOTATE, TokenAction.ADMIN), project).statusCode(200);
        assertThrows(Refused.class, () -> token(ann, Optional.empty(), TokenAction.ADMIN));
    }

    @Test
    void a_write_with_a_token_needs_no_page() {
        String token = token(ann, Optional.empty(), TokenAction.ANNOTATE);

        given().header("Authorization", "Bearer " + token).header("Origin", "https://elsewhere.example")
                .contentType("application/json").body("{\"projectId\":" + project + ",\"tasks\":[]}")
                .post("/api/v1/tasks/renew").then().statusCode(200);
    }

    @Test
    void a_token_that_does_not_hold_is_nobody_even_beside_a_session() {
        people.withPassword(ann);
        for (String wrong : List.of("lau_" + "A".repeat(43), "lau_short", "", "other")) {
            given().cookies(People.session(ann)).header("Authorization", "Bearer " + wrong)
                    .get("/api/v1/tasks/progress?projectId=" + project).then().statusCode(401)
                    .contentType("application/problem+json").header("WWW-Authenticate", containsString("Bearer"));
        }
    }

    @Test
    void revoked_expired_and_outdated_tokens_are_refused() {
        String revoked = token(ann, Optional.empty(), TokenAction.ANNOTATE);
        String kept = token(ann, Optional.empty(), TokenAction.ANNOTATE);
        ActingAs.person(ann, () -> tokens.revoke(tokens.mine().stream().filter(one -> revoked.startsWith(one.start())).findFirst().orElseThrow().id()));
        progress(revoked, project).statusCode(401);
        progress(kept, project).statusCode(200);

        hand.advance(Duration.ofDays(NewToken.USUAL_DAYS).plusSeconds(1));
        progress(kept, project).statusCode(401);

        String fresh = token(ann, Optional.empty(), TokenAction.ANNOTATE);
        progress(fresh, project).statusCode(200);
        people.withPassword(ann);
        ActingAs.person(ann, () -> profiles.changePassword(People.PASSWORD, "four quite small words"));
        progress(fresh, project).statusCode(401);

        String last = token(ann, Optional.empty(), TokenAction.ANNOTATE);
        progress(last, project).statusCode(200);
        User boss = sample.admin("boss");
        ActingAs.person(boss, () -> accounts.disable(ann.id()));
        progress(last, project).statusCode(401);
    }

    @Test
    void only_the_hash_of_a_token_is_kept() {
        String token = token(ann, Optional.empty(), TokenAction.ANNOTATE);

        assertTrue(token.matches("lau_[A-Za-z0-9_-]{43}"));
        assertEquals(1, sample.number("select count(*) from api_token where account_id = ? and hash = sha256(convert_to(?, 'UTF8'))", ann.id(), token));
        assertEquals(0, sample.number("select count(*) from api_token t where t::text like ?", "%" + token.substring(8) + "%"));
        assertEquals(1, sample.number("select count(*) from audit_event e where action = 'token.created' and account_id = ? and e::text not like ?",
                ann.id(), "%" + token.substring(8) + "%"));
    }

    @Test
    void the_last_use_is_noted_once_a_minute() {
        String token = token(ann, Optional.empty(), TokenAction.ANNOTATE);
        progress(token, project);
        Instant first = used();
        hand.advance(Duration.ofSeconds(59));
        progress(token, project);
        assertEquals(first, used());
        hand.advance(Duration.ofSeconds(1));
        progress(token, project);
        assertEquals(first.plusSeconds(60), used());
        assertEquals("127.0.0.1", ActingAs.person(ann, () -> tokens.mine().getFirst().lastUsedFrom()));
    }

    @Test
    void who_calls_too_often_waits() {
        String token = token(ann, Optional.empty(), TokenAction.ANNOTATE);
        for (int i = 0; i < 200; i++) {
            progress(token, project).statusCode(200);
        }

        progress(token, project).statusCode(429).contentType("application/problem+json").header("Retry-After", equalTo("1"));
        hand.advance(Duration.ofSeconds(1));
        progress(token, project).statusCode(200);
    }

    @Test
    void everyone_sees_and_revokes_their_own_and_an_administrator_everybodys() {
        User boss = sample.admin("boss");
        User ben = sample.person("ben");
        token(ann, Optional.empty(), TokenAction.READ_ITEMS);
        long id = ActingAs.person(ann, () -> tokens.mine().getFirst().id());

        assertTrue(ActingAs.person(ben, tokens::mine).isEmpty());
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ben, () -> tokens.revoke(id)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ben, () -> tokens.of(ann.id())));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ben, tokens::everybodys));
        assertTrue(ActingAs.person(boss, tokens::everybodys).stream().anyMatch(one -> one.id() == id));
        ActingAs.person(boss, () -> tokens.revoke(id));
        assertFalse(ActingAs.person(boss, () -> tokens.of(ann.id()).getFirst().usable(hand.instant())));
    }

    @Test
    void a_token_out_of_bounds_is_not_made() {
        for (NewToken bad : List.of(new NewToken(" ", Set.of(TokenAction.READ_ITEMS), Optional.empty(), 90),
                new NewToken("x", Set.of(), Optional.empty(), 90), new NewToken("x", Set.of(TokenAction.READ_ITEMS), Optional.of(Set.of()), 90),
                new NewToken("x", Set.of(TokenAction.READ_ITEMS), Optional.empty(), 367), new NewToken("x", Set.of(TokenAction.READ_ITEMS), Optional.empty(), 0))) {
            assertThrows(Refused.class, () -> ActingAs.person(ann, () -> tokens.create(bad)));
        }
    }

    @Test
    void the_description_is_for_those_who_are_signed_in() {
        given().redirects().follow(false).get("/q/openapi?format=json").then().statusCode(401);
        given().redirects().follow(false).get("/q/swagger-ui/").then().statusCode(302).header("Location", containsString("/login"));
        get(token(ann, Optional.empty(), TokenAction.READ_ITEMS), "/q/openapi?format=json").statusCode(200).body("openapi", containsString("3.1"));
        people.withPassword(ann);
        given().cookies(People.session(ann)).get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger"));
    }

    private Instant used() {
        return ActingAs.person(ann, () -> tokens.mine().getFirst().lastUsedAt());
    }

    private String token(User person, Optional<Set<Long>> projects, TokenAction... actions) {
        return ActingAs.person(person, () -> tokens.create(new NewToken("script", Set.of(actions), projects, NewToken.USUAL_DAYS)).secret());
    }

    private static ValidatableResponse progress(String token, long project) {
        return get(token, "/api/v1/tasks/progress?projectId=" + project);
    }

    private static ValidatableResponse get(String token, String path) {
        return given().redirects().follow(false).header("Authorization", "Bearer " + token).get(path).then();
    }
}
