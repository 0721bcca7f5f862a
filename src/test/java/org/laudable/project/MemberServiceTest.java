package org.laudable.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Who may put people into a project, and what a project always keeps. */
@QuarkusTest
class MemberServiceTest {
    @Inject Sample sample;
    @Inject MemberService members;

    @Test
    void managers_and_administrators_choose_the_team_and_nobody_else() {
        User manager = sample.person("mia");
        long project = sample.project(manager, "a", "b");
        User reviewer = member(project, "rita", "REVIEWER");
        User annotator = member(project, "anna", "ANNOTATOR");
        User stranger = sample.person("sam");
        User admin = sample.admin("boss");
        User victim = member(project, "vic", "ANNOTATOR");
        List<Runnable> methods = List.of(() -> members.members(project), () -> members.candidates(project),
                () -> members.add(project, List.of(stranger.id()), Role.MANAGER),
                () -> members.changeRole(project, victim.id(), Role.REVIEWER), () -> members.remove(project, victim.id()));

        for (User refused : List.of(reviewer, annotator, stranger)) {
            methods.forEach(method -> assertThrows(ForbiddenException.class, () -> ActingAs.person(refused, method)));
        }
        assertEquals(4, sample.number("select count(*) from project_member where project_id = ?", project));
        for (User allowed : List.of(manager, admin)) {
            methods.forEach(method -> ActingAs.person(allowed, method));
            sample.execute("delete from project_member where project_id = ? and account_id in (?, ?)", project, stranger.id(), victim.id());
            sample.member(project, victim, "ANNOTATOR");
        }
    }

    @Test
    void a_manager_of_another_project_is_a_stranger_here() {
        User manager = sample.person("mia");
        sample.project(manager, "a");
        long other = sample.project(sample.person("otto"), "a");

        assertThrows(ForbiddenException.class, () -> ActingAs.person(manager, () -> members.members(other)));
    }

    @Test
    void the_last_manager_stays() {
        User manager = sample.person("mia");
        long project = sample.project(manager, "a");
        member(project, "anna", "ANNOTATOR");

        assertThrows(Refused.class, () -> ActingAs.person(manager, () -> members.remove(project, manager.id())));
        assertThrows(Refused.class, () -> ActingAs.person(manager, () -> members.changeRole(project, manager.id(), Role.REVIEWER)));
    }

    @Test
    void a_disabled_second_manager_does_not_count() {
        User manager = sample.person("mia");
        long project = sample.project(manager, "a");
        User second = member(project, "max", "MANAGER");
        sample.execute("update account set enabled = false where id = ?", second.id());

        assertThrows(Refused.class, () -> ActingAs.person(manager, () -> members.remove(project, manager.id())));
    }

    @Test
    void adding_someone_twice_keeps_their_role() {
        User manager = sample.person("mia");
        long project = sample.project(manager, "a");
        User rita = member(project, "rita", "REVIEWER");

        ActingAs.person(manager, () -> members.add(project, List.of(rita.id(), manager.id()), Role.ANNOTATOR));

        List<Member> team = ActingAs.person(manager, () -> members.members(project));
        assertEquals(List.of(Role.MANAGER, Role.REVIEWER), team.stream().map(Member::role).toList());
    }

    @Test
    void candidates_are_those_who_can_sign_in_and_are_not_in() {
        User manager = sample.person("mia");
        long project = sample.project(manager, "a");
        User free = sample.person("free");
        User gone = sample.person("gone");
        sample.execute("update account set enabled = false where id = ?", gone.id());

        List<Long> candidates = ActingAs.person(manager, () -> members.candidates(project)).stream().map(Candidate::accountId).toList();

        assertTrue(candidates.contains(free.id()));
        assertFalse(candidates.contains(gone.id()) || candidates.contains(manager.id()));
    }

    @Test
    void one_sees_the_projects_one_is_in_and_an_administrator_all() {
        User manager = sample.person("mia");
        long project = sample.project(manager, "a");
        User stranger = sample.person("sam");

        assertEquals(List.of(project), ActingAs.person(manager, () -> members.mine()).stream().map(Membership::projectId).toList());
        assertEquals(List.of(), ActingAs.person(stranger, () -> members.mine()));
        assertEquals(Optional.empty(), ActingAs.person(stranger, () -> members.mine(project)));
        assertEquals(Optional.of(Role.MANAGER), ActingAs.person(sample.admin("boss"), () -> members.mine(project)).map(Membership::role));
    }

    private User member(long project, String name, String role) {
        User user = sample.person(name);
        sample.member(project, user, role);
        return user;
    }
}
