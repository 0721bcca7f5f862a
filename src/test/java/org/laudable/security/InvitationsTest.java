package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.security.Invitations.Invitation;
import org.laudable.testing.Sample;

/** One-time links: invitation and reset, and the first administrator's code. */
@QuarkusTest
class InvitationsTest {
    private static final String PASSWORD = "a quiet green valley";

    @Inject Sample sample;
    @Inject People people;
    @Inject Invitations invitations;
    @Inject AccountService accounts;
    @Inject FirstAdmin firstAdmin;
    @Inject EntityManager entities;
    @Inject Clock clock;

    private final HandClock hand = new HandClock(Instant.now());

    @BeforeEach
    void a_clock_that_moves_by_hand() {
        QuarkusMock.installMockForInstance(hand, clock);
    }

    @Test
    void an_invited_person_sets_a_password_and_signs_in() {
        User grace = sample.person("grace");
        String token = link(grace);

        assertEquals(Optional.of(new Invitation(grace.username(), "grace", LinkPurpose.INVITE)), invitations.find(token));
        assertEquals("/login?error", People.signIn(grace.username(), PASSWORD).header("Location"));
        invitations.accept(token, PASSWORD);

        assertEquals("/", People.signIn(grace.username(), PASSWORD).header("Location"));
    }

    @Test
    void a_link_works_once() {
        User grace = sample.person("grace");
        String token = link(grace);
        invitations.accept(token, PASSWORD);

        assertThrows(Refused.class, () -> invitations.accept(token, "another green valley"));
        assertEquals(Optional.empty(), invitations.find(token));
        assertEquals("/", People.signIn(grace.username(), PASSWORD).header("Location"));
    }

    @Test
    void a_password_that_breaks_a_rule_does_not_use_the_link_up() {
        String token = link(sample.person("grace"));

        assertThrows(Refused.class, () -> invitations.accept(token, "short"));

        invitations.accept(token, PASSWORD);
    }

    @Test
    void a_link_expires_after_72_hours() {
        String token = link(sample.person("grace"));

        hand.advance(Duration.ofHours(72).minusSeconds(1));
        assertTrue(invitations.find(token).isPresent());
        hand.advance(Duration.ofSeconds(1));

        assertEquals(Optional.empty(), invitations.find(token));
        assertThrows(Refused.class, () -> invitations.accept(token, PASSWORD));
    }

    @Test
    void a_new_link_replaces_the_old_one() {
        User grace = sample.person("grace");
        String first = link(grace);
        String second = link(grace);

        assertEquals(Optional.empty(), invitations.find(first));
        assertTrue(invitations.find(second).isPresent());
    }

    @Test
    void only_the_hash_of_a_link_is_stored() {
        User grace = sample.person("grace");
        String token = link(grace);

        assertEquals(1, sample.number("select count(*) from account_link where account_id = ? and token_hash = ?",
                grace.id(), new LinkToken(token).hash()));
        assertEquals(0, sample.number("select count(*) from account_link l where l::text like '%' || ? || '%'", token));
        assertEquals(0, sample.number("select count(*) from audit_event e where e::text like '%' || ? || '%'", token));
    }

    @Test
    void a_reset_ends_the_sessions_of_the_old_password() {
        User ada = people.withPassword(sample.person("ada"));
        var session = People.session(ada);
        String token = link(ada);
        assertEquals(200, People.whoAmI(session).statusCode(), "the old password works until the link is used");

        invitations.accept(token, PASSWORD);

        assertEquals(401, People.whoAmI(session).statusCode());
        assertEquals("/login?error", People.signIn(ada.username(), People.PASSWORD).header("Location"));
    }

    @Test
    void disabling_an_account_kills_its_link() {
        User admin = sample.admin("boss");
        User grace = sample.person("grace");
        String token = link(grace);

        ActingAs.person(admin, () -> accounts.disable(grace.id()));

        assertEquals(Optional.empty(), invitations.find(token));
        assertThrows(Refused.class, () -> invitations.accept(token, PASSWORD));
        assertThrows(Refused.class, () -> ActingAs.person(admin, () -> invitations.create(grace.id())));
    }

    @Test
    void only_an_administrator_makes_links() {
        User grace = sample.person("grace");

        assertThrows(ForbiddenException.class, () -> ActingAs.person(grace, () -> invitations.create(grace.id())));
    }

    @Test
    void the_first_administrator_needs_the_code_from_the_console() {
        onAnEmptyInstallation(() -> {
            assertThrows(Refused.class, () -> firstAdmin.create("AAAA-AAAA-AAAA", "ada", "Ada Lovelace", PASSWORD));
            assertThrows(Refused.class, () -> firstAdmin.create("", "ada", "Ada Lovelace", PASSWORD));
            firstAdmin.create(firstAdmin.code().toLowerCase(), "ada", "Ada Lovelace", PASSWORD);

            assertThrows(Refused.class, () -> firstAdmin.create(firstAdmin.code(), "eve", "Eve", PASSWORD), "only once");
        });
    }

    @Test
    void where_there_is_an_account_the_code_opens_nothing() {
        sample.person("someone");

        assertThrows(Refused.class, () -> firstAdmin.create(firstAdmin.code(), "eve", "Eve", PASSWORD));
        assertFalse(firstAdmin.isMissing());
    }

    private String link(User person) {
        return ActingAs.person(sample.admin("boss"), () -> invitations.create(person.id()));
    }

    /** Runs with no accounts, in a transaction that is taken back. */
    private void onAnEmptyInstallation(Runnable work) {
        QuarkusTransaction.begin();
        try {
            entities.createNativeQuery("truncate account cascade").executeUpdate();
            work.run();
        } finally {
            QuarkusTransaction.rollback();
        }
    }}
