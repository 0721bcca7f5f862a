package org.laudable.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.http.Cookies;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Sample;

/** Signing in and out through the front door, and what ends a session. */
@QuarkusTest
class SignInTest {
    @Inject Sample sample;
    @Inject People people;
    @Inject AccountService accounts;
    @Inject ProfileService profiles;
    @Inject Clock clock;

    @Inject SignInThrottle throttle;

    private final HandClock hand = new HandClock(Instant.now());

    @BeforeEach
    void a_clock_that_moves_by_hand() {
        QuarkusMock.installMockForInstance(hand, clock);
        QuarkusMock.installMockForInstance(new SignInThrottle(hand), throttle); // no memory of tests whose clock was ahead
    }

    @Test
    void the_right_password_opens_a_session() {
        User ada = people.withPassword(sample.person("ada"));

        Response answer = People.signIn(ada.username(), People.PASSWORD);

        assertEquals(302, answer.statusCode());
        assertEquals("/", answer.header("Location"));
        assertEquals(ada.username(), People.whoAmI(answer.detailedCookies()).asString());
        assertEquals(1, sample.number("select count(*) from audit_event where action = 'session.started' and account_id = ?", ada.id()));
    }

    @Test
    void name_case_and_spaces_around_it_do_not_matter() {
        User ada = people.withPassword(sample.person("ada"));

        assertEquals("/", People.signIn("  " + ada.username().toUpperCase() + " ", People.PASSWORD).header("Location"));
    }

    @Test
    void a_wrong_password_and_an_unknown_name_get_the_same_answer() {
        User ada = people.withPassword(sample.person("ada"));

        for (Response answer : new Response[] {People.signIn(ada.username(), "three small wards"), People.signIn("nobody-" + ada.id(), People.PASSWORD)}) {
            assertEquals(302, answer.statusCode());
            assertEquals("/login?error", answer.header("Location"));
            assertFalse(answer.detailedCookies().hasCookieWithName("laudable"));
        }
    }

    @Test
    void the_session_cookie_is_hidden_from_scripts_and_other_sites() {
        User ada = people.withPassword(sample.person("ada"));

        Cookie cookie = People.session(ada).get("laudable");

        assertTrue(cookie.isHttpOnly());
        assertEquals("Lax", cookie.getSameSite());
        assertEquals("/", cookie.getPath());
        assertFalse(cookie.getValue().contains(ada.username()));
    }

    @Test
    void after_signing_in_one_comes_to_the_page_one_wanted_but_never_to_another_site() {
        User ada = people.withPassword(sample.person("ada"));

        assertEquals("/projects/7/run", wanted(ada, "/projects/7/run"));
        for (String outside : new String[] {"https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\r\nX: y", ""}) {
            assertEquals("/", wanted(ada, outside), outside);
        }
    }

    @Test
    void after_five_wrong_passwords_even_the_right_one_has_to_wait() {
        User ada = people.withPassword(sample.person("ada"));
        for (int i = 0; i < 5; i++) {
            People.signIn(ada.username(), "wrong " + i);
        }

        assertEquals("/login?wait=3", People.signIn(ada.username(), People.PASSWORD).header("Location"));
        hand.advance(Duration.ofSeconds(2));
        assertEquals("/", People.signIn(ada.username(), People.PASSWORD).header("Location"));
    }

    @Test
    void a_disabled_person_is_refused_from_the_next_request_on() {
        User admin = sample.admin("boss");
        User ada = people.withPassword(sample.person("ada"));
        Cookies session = People.session(ada);
        assertEquals(200, People.whoAmI(session).statusCode());

        ActingAs.person(admin, () -> accounts.disable(ada.id()));

        assertEquals(401, People.whoAmI(session).statusCode());
        assertEquals("/login?error", People.signIn(ada.username(), People.PASSWORD).header("Location"));
    }

    @Test
    void enabling_lets_in_again_but_does_not_revive_old_sessions() {
        User admin = sample.admin("boss");
        User ada = people.withPassword(sample.person("ada"));
        Cookies old = People.session(ada);
        ActingAs.person(admin, () -> accounts.disable(ada.id()));
        ActingAs.person(admin, () -> accounts.enable(ada.id()));

        assertEquals(401, People.whoAmI(old).statusCode());
        assertEquals(200, People.whoAmI(People.session(ada)).statusCode());
    }

    @Test
    void what_another_replica_disabled_is_known_within_five_seconds() {
        User ada = people.withPassword(sample.person("ada"));
        Cookies session = People.session(ada);
        assertEquals(200, People.whoAmI(session).statusCode());
        sample.execute("update account set enabled = false, session_epoch = session_epoch + 1 where id = ?", ada.id());

        hand.advance(Duration.ofSeconds(5));

        assertEquals(401, People.whoAmI(session).statusCode());
    }

    @Test
    void a_new_password_ends_the_sessions_of_the_old_one() {
        User ada = people.withPassword(sample.person("ada"));
        Cookies session = People.session(ada);

        ActingAs.person(ada, () -> profiles.changePassword(People.PASSWORD, "four quite small words"));

        assertEquals(401, People.whoAmI(session).statusCode());
        assertEquals("/", People.signIn(ada.username(), "four quite small words").header("Location"));
    }

    @Test
    void signing_out_ends_the_session_on_the_server_too() {
        User ada = people.withPassword(sample.person("ada"));
        Cookies session = People.session(ada);
        Cookies other = People.session(ada);

        Response answer = given().redirects().follow(false).cookies(session).post("/logout");

        assertEquals(303, answer.statusCode());
        assertEquals("/login", answer.header("Location"));
        assertEquals(0, answer.detailedCookies().get("laudable").getMaxAge());
        assertEquals(401, People.whoAmI(session).statusCode(), "a kept copy of the cookie is worth nothing");
        assertEquals(200, People.whoAmI(other).statusCode(), "the other device stays signed in");
    }

    @Test
    void a_session_ends_24_hours_after_signing_in() {
        User ada = people.withPassword(sample.person("ada"));
        Cookies session = People.session(ada);

        hand.advance(Duration.ofHours(24).plusSeconds(1));

        assertEquals(401, People.whoAmI(session).statusCode());
    }

    @Test
    void a_forged_cookie_is_nobody() {
        given().redirects().follow(false).cookie("laudable", "AAAA").get("/api/test/who-am-i").then().statusCode(401);
    }

    @Test
    void rest_answers_401_instead_of_sending_to_the_sign_in_page() {
        given().redirects().follow(false).get("/api/test/who-am-i").then().statusCode(401);
        given().redirects().follow(false).get("/api/v1/tasks/progress?projectId=1").then().statusCode(401);
    }

    @Test
    void every_answer_carries_the_security_headers() {
        for (String path : new String[] {"/api/test/who-am-i", "/q/health/live", "/styles/tokens.css"}) {
            given().redirects().follow(false).get(path).then()
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "same-origin")
                    .header("Content-Security-Policy", startsWith("default-src 'self'"))
                    .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                    .header("Content-Security-Policy", containsString("object-src 'none'"))
                    .header("Content-Security-Policy", endsWith("; script-src 'self' 'unsafe-eval'"));
        }
    }

    @Test
    void health_is_open() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
    }

    private static String wanted(User user, String path) {
        return given().redirects().follow(false)
                .formParam("j_username", user.username()).formParam("j_password", People.PASSWORD).formParam("to", path)
                .post("/j_security_check").header("Location");
    }
}
