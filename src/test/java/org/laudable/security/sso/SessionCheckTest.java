package org.laudable.security.sso;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookies;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.security.ActingAs;
import org.laudable.security.Person;
import org.laudable.security.ProviderPerson;
import org.laudable.security.SsoAccounts;
import org.laudable.security.SsoEntry;
import org.laudable.security.SsoLinks;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** What becomes of sessions by single sign-on when the provider says yes, no, or nothing. */
@QuarkusTest
class SessionCheckTest {
    private static final ProviderDouble PROVIDER = new ProviderDouble();

    @Inject Sample sample;
    @Inject Provider provider;
    @Inject SessionCheck check;
    @Inject SsoSessions sessions;
    @Inject SsoAccounts accounts;
    @Inject SsoLinks links;
    @Inject ClaimRules rules;

    @BeforeEach
    void the_provider_is_the_double() {
        QuarkusMock.installMockForInstance(PROVIDER.provider(Clock.systemUTC()), provider);
    }

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    @Test
    void a_refused_token_ends_all_the_person_has_and_gives_back_what_they_held() throws InterruptedException {
        Kim kim = kim();
        long task = heldTask(kim);
        PROVIDER.refuses(kim.refresh());

        checkNow(kim);

        assertEquals(401, whoAmI(kim).statusCode());
        assertEquals(1, sample.number("select session_epoch from account where id = ?", kim.account()));
        assertEquals(1, sample.number("select count(*) from lease where task_id = ? and state = 'RETURNED'", task));
        assertEquals(1, sample.number("select free_slots from task where id = ?", task));
        assertEquals(1, sample.number("select count(*) from audit_event where action = 'session.ended' and subject = ?", "account:" + kim.account()));
    }

    @Test
    void a_token_that_has_run_out_ends_its_session_only() throws InterruptedException {
        Kim kim = kim();
        PROVIDER.refuses(kim.refresh());
        sample.execute("update sso_session set token_until = now() - interval '1 second' where nonce = ?", kim.nonce());

        checkNow(kim);

        assertEquals(401, whoAmI(kim).statusCode());
        assertEquals(0, sample.number("select session_epoch from account where id = ?", kim.account()));
    }

    @Test
    void a_new_group_is_live_with_the_next_check_and_gone_when_it_is_gone() throws InterruptedException {
        User admin = sample.admin("boss");
        long project = sample.project(sample.person("mia"), "a");
        long byHand = sample.project(sample.person("mia"), "a");
        String group = "/g-" + UUID.randomUUID();
        String role = "r-" + UUID.randomUUID();
        ActingAs.person(admin, () -> {
            rules.add(ClaimKind.GROUP, group, Optional.of(new ClaimRule.Membership(project, "ANNOTATOR")));
            rules.add(ClaimKind.ROLE, role, Optional.of(new ClaimRule.Membership(project, "REVIEWER")));
            rules.add(ClaimKind.ROLE, role, Optional.of(new ClaimRule.Membership(byHand, "REVIEWER")));
            rules.add(ClaimKind.ROLE, role, Optional.empty());
        });
        Kim kim = kim();
        sample.member(byHand, new User(kim.account(), "kim", "Kim", false), "MANAGER");

        PROVIDER.renews(kim.refresh(), kim.subject(), List.of(), List.of(group));
        checkNow(kim);
        assertEquals(1, role(project, kim, "ANNOTATOR"));

        PROVIDER.renews(kim.refresh(), kim.subject(), List.of(role), List.of(group));
        checkNow(kim);
        assertEquals(1, role(project, kim, "REVIEWER"));
        assertEquals(1, role(byHand, kim, "MANAGER"), "what somebody gave by hand stays");
        assertEquals(1, sample.number("select count(*) from account where id = ? and admin", kim.account()));
        assertEquals(200, whoAmI(kim).statusCode(), "nobody signs in again for a new role");

        PROVIDER.renews(kim.refresh(), kim.subject(), List.of(), List.of());
        checkNow(kim);
        assertEquals(0, sample.number("select count(*) from project_member where project_id = ? and account_id = ?", project, kim.account()));
        assertEquals(1, role(byHand, kim, "MANAGER"));
        assertEquals(0, sample.number("select count(*) from account where id = ? and admin", kim.account()));
        assertEquals(200, whoAmI(kim).statusCode());
    }

    @Test
    void a_rule_that_takes_the_last_manager_away_tells_the_administrators() throws InterruptedException {
        User admin = sample.admin("boss");
        long project = sample.project(sample.person("mia"), "a");
        sample.execute("delete from project_member where project_id = ?", project);
        String role = "r-" + UUID.randomUUID();
        ActingAs.person(admin, () -> rules.add(ClaimKind.ROLE, role, Optional.of(new ClaimRule.Membership(project, "MANAGER"))));
        Kim kim = kim();
        PROVIDER.renews(kim.refresh(), kim.subject(), List.of(role), List.of());
        checkNow(kim);
        assertEquals(1, role(project, kim, "MANAGER"));

        ActingAs.person(admin, () -> rules.all().stream().filter(rule -> rule.value().equals(role)).forEach(rules::remove));

        assertEquals(0, role(project, kim, "MANAGER"), "at once, without waiting for a check");
        assertEquals(1, sample.number("select count(*) from notification where account_id = ? and project_id = ? and kind = 'NO_MANAGER'",
                admin.id(), project));
    }

    @Test
    void while_the_provider_is_away_for_too_long_its_people_only_read() throws InterruptedException {
        Kim kim = kim();
        assertEquals(204, rename(kim, "Before").statusCode());
        PROVIDER.isDown(kim.refresh());
        checkNow(kim);
        assertEquals(204, rename(kim, "A short absence is none").statusCode());

        sample.execute("update sso_session set checked_at = now() - interval '6 minutes' where nonce = ?", kim.nonce());

        Eventually.holds("writing is refused", () -> rename(kim, "Written by whom?").statusCode() == 503);
        assertEquals(200, whoAmI(kim).statusCode(), "reading goes on");
        assertEquals(503, rename(kim, "Written while away").statusCode());
        assertEquals(0, sample.number("select count(*) from account where id = ? and display_name = 'Written while away'", kim.account()));
        assertEquals(1, sample.execute("update account set display_name = 'By the server' where id = ?", kim.account()), "what the server does by itself goes on");

        PROVIDER.renews(kim.refresh(), kim.subject(), List.of(), List.of());
        checkNow(kim);
        Eventually.holds("writing goes on", () -> rename(kim, "After").statusCode() == 204);
    }

    @Test
    void of_two_replicas_one_asks_about_a_session() {
        Kim kim = kim();
        due(kim);

        assertEquals(1, sessions.take(1_000, Duration.ofMinutes(1)).stream().filter(one -> one.nonce().equals(kim.nonce())).count());
        assertEquals(0, sessions.take(1_000, Duration.ofMinutes(1)).stream().filter(one -> one.nonce().equals(kim.nonce())).count());
    }

    @Test
    void a_logout_token_ends_the_session_it_names_once() {
        Kim kim = kim();
        Kim phone = open(kim);
        String token = PROVIDER.logoutToken(claims -> claims.setStringClaim("sid", kim.sid()));

        assertEquals(400, backchannel("nonsense"));
        assertEquals(400, backchannel(PROVIDER.logoutToken(claims -> {
            claims.setStringClaim("sid", kim.sid());
            claims.setAudience("another");
        })));
        assertEquals(200, whoAmI(kim).statusCode());

        assertEquals(200, backchannel(token));
        assertEquals(401, whoAmI(kim).statusCode());
        assertEquals(200, whoAmI(phone).statusCode(), "the other device stays signed in");

        sample.execute("update sso_session set sid = ? where nonce = ?", kim.sid(), phone.nonce());
        assertEquals(200, backchannel(token));
        assertEquals(200, whoAmI(phone).statusCode(), "a token counts once");
    }

    @Test
    void signing_out_leads_by_way_of_the_provider() {
        Kim kim = kim();

        Response answer = given().redirects().follow(false).cookies(kim.cookies()).post("/logout");

        assertEquals(303, answer.statusCode());
        assertTrue(answer.header("Location").startsWith(PROVIDER.issuer() + "/logout?client_id=laudable&post_logout_redirect_uri=http%3A%2F%2F"), answer.header("Location"));
        assertTrue(answer.header("Location").endsWith("%2Flogin&id_token_hint=id"), answer.header("Location"));
        assertEquals(401, whoAmI(kim).statusCode());
    }

    @Test
    void tokens_are_not_readable_in_the_database() {
        Kim kim = kim();

        assertEquals(0, sample.number("select count(*) from sso_session where nonce = ? and position(convert_to(?, 'UTF8') in refresh_token) > 0",
                kim.nonce(), kim.refresh()));
        assertEquals(1, sample.number("select count(*) from sso_session where nonce = ? and length(refresh_token) > 20", kim.nonce()));
    }

    @Test
    void a_user_name_that_an_account_has_is_never_taken_over_until_an_administrator_joins_them() {
        User anna = sample.person("anna");
        sample.execute("update account set password_hash = 'x' where id = ?", anna.id());
        ProviderPerson namesake = new ProviderPerson(PROVIDER.issuer(), UUID.randomUUID().toString(), anna.username(), "Anna", "anna@example.org");

        assertEquals(new SsoEntry.Stopped(SsoEntry.Reason.TAKEN), accounts.enter(namesake));

        User admin = sample.admin("boss");
        Person joined = ActingAs.person(admin, () -> links.join(anna.id(), links.waiting().get(anna.id())));
        assertTrue(joined.sso());
        assertEquals(0, sample.number("select count(*) from account where id = ? and password_hash is not null", anna.id()));
        SsoEntry.In in = assertInstanceOf(SsoEntry.In.class, accounts.enter(namesake));
        assertEquals(anna.id(), in.accountId());
    }

    @Test
    void without_an_issuer_the_door_leads_to_the_sign_in_page() {
        Response answer = given().redirects().follow(false).get("/sso");

        assertEquals(302, answer.statusCode());
        assertTrue(answer.header("Location").endsWith("/login"), answer.header("Location"));
    }

    /** Somebody who came by single sign-on. */
    private record Kim(long account, String subject, String refresh, String sid, String nonce, Cookies cookies) {}

    private Kim kim() {
        String subject = "kim-" + UUID.randomUUID();
        sample.person("somebody"); // there is an account already
        SsoEntry entry = accounts.enter(new ProviderPerson(PROVIDER.issuer(), subject, subject, "Kim", null));
        return open(new Kim(((SsoEntry.In) entry).accountId(), subject, null, null, null, null));
    }

    private Kim open(Kim person) {
        String refresh = "refresh-" + UUID.randomUUID();
        String sid = "sid-" + UUID.randomUUID();
        Response answer = given().queryParam("account", person.account()).queryParam("refresh", refresh).queryParam("sid", sid).get("/test/sso");
        assertEquals(200, answer.statusCode(), answer.asString());
        return new Kim(person.account(), person.subject(), refresh, sid, answer.asString(), answer.detailedCookies());
    }

    private void checkNow(Kim kim) throws InterruptedException {
        due(kim);
        check.look();
    }

    private void due(Kim kim) {
        sample.execute("update sso_session set next_check_at = now() where nonce = ?", kim.nonce());
    }

    private static Response whoAmI(Kim kim) {
        return given().redirects().follow(false).cookies(kim.cookies()).get("/api/test/who-am-i");
    }

    private static Response rename(Kim kim, String name) {
        return given().redirects().follow(false).cookies(kim.cookies()).queryParam("to", name).post("/test/sso/rename");
    }

    private static int backchannel(String token) {
        return given().formParam("logout_token", token).post("/sso/backchannel").statusCode();
    }

    private long role(long project, Kim kim, String role) {
        return sample.number("select count(*) from project_member where project_id = ? and account_id = ? and role = ?", project, kim.account(), role);
    }

    private long heldTask(Kim kim) {
        long project = sample.project(sample.person("mia"), "a");
        long item = sample.items(project, List.of("one")).getFirst();
        long task = sample.insert("""
                insert into task (project_id, item_id, purpose, reason, slots, free_slots, priority)
                values (?, ?, 'TRAIN', 'sample', 1, 0, 1) returning id""", project, item);
        sample.insert("insert into lease (task_id, project_id, account_id, deck, until) values (?, ?, ?, gen_random_uuid(), now() + interval '1 hour') returning id",
                task, project, kim.account());
        return task;
    }
}
