package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.security.PastedPeople.Problem;
import org.laudable.loop.Note;
import org.laudable.loop.Runs;
import org.laudable.testing.Sample;

/** The administrator's work on accounts, and one's own profile. */
@QuarkusTest
class AccountServiceTest {
    @Inject Sample sample;
    @Inject Runs runs;
    @Inject People people;
    @Inject AccountService accounts;
    @Inject ProfileService profiles;
    @Inject AuditLog audit;
    @Inject AccountProvisioning provisioning;
    @Inject EntityManager entities;

    @Test
    void every_method_is_for_administrators() {
        User ada = sample.person("ada");
        List<Runnable> methods = List.of(accounts::people, () -> accounts.create(new NewPerson("x1", "X", null, false)),
                () -> accounts.check(PastedPeople.parse("")), () -> accounts.change(ada.id(), 0, "Ada", null),
                () -> accounts.disable(ada.id()), () -> accounts.enable(ada.id()), () -> accounts.anonymise(ada.id()),
                () -> accounts.setAdmin(ada.id(), true));

        assertEquals(AccountService.class.getDeclaredMethods().length - privateMethods(), methods.size(), "a method was forgotten here");
        methods.forEach(method -> assertThrows(ForbiddenException.class, () -> ActingAs.person(ada, method)));
    }

    @Test
    void an_anonymised_person_leaves_no_name_on_runs_they_stopped() {
        User manager = sample.person("wilhelmine");
        long project = sample.project(manager, "yes", "no");
        long run = sample.number("insert into run (project_id, state, settings) values (?, 'STOPPED', '{}') returning id", project);
        runs.stoppedBy(run, manager.id(), Note.of("run.note.stopped"));
        sample.execute("update account set display_name = 'Wilma' where id = ?", manager.id());

        ActingAs.person(sample.admin("boss"), () -> accounts.anonymise(manager.id()));

        assertEquals(Note.of("run.note.stopped", "Person " + manager.id()), runs.find(run).orElseThrow().stopReason());
    }

    @Test
    void nobody_at_all_is_refused_too() {
        assertThrows(UnauthorizedException.class, accounts::people);
        assertThrows(UnauthorizedException.class, () -> profiles.rename("X"));
    }

    @Test
    void a_user_name_is_taken_once() {
        User admin = sample.admin("boss");
        User ada = sample.person("ada");

        assertThrows(Refused.class, () -> ActingAs.person(admin, () -> accounts.create(new NewPerson(ada.username(), "Another", null, false))));
        assertEquals(Optional.of(Problem.TAKEN), ActingAs.person(admin, () -> accounts.check(PastedPeople.parse("X, " + ada.username() + "@example.org")))
                .lines().getFirst().problem());
    }

    @Test
    void names_and_addresses_that_cannot_be_are_refused() {
        User admin = sample.admin("boss");

        for (NewPerson bad : List.of(new NewPerson("A B", "X", null, false), new NewPerson("", "X", null, false),
                new NewPerson("ok-name", " ", null, false), new NewPerson("ok-name", "X", "no address", false))) {
            assertThrows(Refused.class, () -> ActingAs.person(admin, () -> accounts.create(bad)), bad.toString());
        }
    }

    @Test
    void the_last_administrator_stays() {
        User admin = people.withPassword(sample.admin("boss"));
        QuarkusTransaction.begin();
        try {
            entities.createNativeQuery("update account set admin = false where id <> ?1").setParameter(1, admin.id()).executeUpdate();
            ActingAs.person(admin, () -> {
                assertThrows(Refused.class, () -> accounts.setAdmin(admin.id(), false));
            });
        } finally {
            QuarkusTransaction.rollback();
        }
        QuarkusTransaction.begin();
        try {
            entities.createNativeQuery("update account set admin = false where id <> ?1").setParameter(1, admin.id()).executeUpdate();
            ActingAs.person(admin, () -> {
                assertThrows(Refused.class, () -> accounts.disable(admin.id()));
            });
        } finally {
            QuarkusTransaction.rollback();
        }
        assertEquals(1, sample.number("select count(*) from account where id = ? and admin and enabled", admin.id()));
    }

    @Test
    void with_another_administrator_one_may_go() {
        User admin = people.withPassword(sample.admin("boss"));
        User other = people.withPassword(sample.admin("chief"));

        ActingAs.person(admin, () -> accounts.setAdmin(other.id(), false));

        assertEquals(0, sample.number("select count(*) from account where id = ? and admin", other.id()));
    }

    @Test
    void a_change_on_an_old_state_is_told_so() {
        User admin = sample.admin("boss");
        Person ada = ActingAs.person(admin, () -> accounts.create(new NewPerson("ada-" + System.nanoTime(), "Ada", null, false)));
        ActingAs.person(admin, () -> accounts.change(ada.id(), ada.version(), "Ada L.", "ada@example.org"));

        assertThrows(OptimisticLockException.class, () -> ActingAs.person(admin, () -> accounts.change(ada.id(), ada.version(), "Ada K.", null)));
    }

    @Test
    void each_deed_is_on_record_with_who_did_it() {
        User admin = sample.admin("boss");
        User ada = sample.person("ada");
        ActingAs.person(admin, () -> accounts.disable(ada.id()));

        assertEquals(1, sample.number("select count(*) from audit_event where action = 'account.disabled' and subject = ? and account_id = ?",
                "account:" + ada.id(), admin.id()));
        assertThrows(IllegalStateException.class, () -> sample.execute("delete from audit_event"));
    }

    @Test
    void the_old_password_is_asked_before_a_new_one_is_set() {
        User ada = people.withPassword(sample.person("ada"));

        assertThrows(Refused.class, () -> ActingAs.person(ada, () -> profiles.changePassword("not the old one", "four quite small words")));
        assertThrows(Refused.class, () -> ActingAs.person(ada, () -> profiles.changePassword(People.PASSWORD, "short")));
        assertEquals("/", People.signIn(ada.username(), People.PASSWORD).header("Location"));
    }

    @Test
    void preferences_are_kept_and_only_known_ones_taken() {
        User ada = sample.person("ada");
        ActingAs.person(ada, () -> profiles.prefer(new Preferences("de", "dark")));

        assertEquals(Optional.of(new Preferences("de", "dark")), ActingAs.person(ada, profiles::preferences));
        assertThrows(Refused.class, () -> ActingAs.person(ada, () -> profiles.prefer(new Preferences("xx", "dark"))));
    }

    @Test
    void sample_accounts_are_made_in_demo_mode_only() {
        assertThrows(IllegalStateException.class, () -> provisioning.createForDemo("demo", "Demo", "demo", true));
        assertTrue(provisioning.demoAccounts().isEmpty());
    }

    private static long privateMethods() {
        return java.util.Arrays.stream(AccountService.class.getDeclaredMethods())
                .filter(method -> !java.lang.reflect.Modifier.isPublic(method.getModifiers()) || method.isSynthetic()).count();
    }
}
