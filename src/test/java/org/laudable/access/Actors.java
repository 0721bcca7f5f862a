package org.laudable.access;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.laudable.access.AccessMatrix.Needs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** One of each kind of caller around a project; {@link Needs#NOBODY} is not signed in, a PERSON is no member. */
final class Actors {
    private final Map<Needs, User> users = new EnumMap<>(Needs.class);
    private final Sample sample;
    private long project;

    Actors(Sample sample) {
        this.sample = sample;
        users.put(Needs.MANAGER, sample.person("manager"));
        users.put(Needs.PERSON, sample.person("person"));
        users.put(Needs.ANNOTATOR, sample.person("annotator"));
        users.put(Needs.REVIEWER, sample.person("reviewer"));
        users.put(Needs.ADMIN, sample.admin("admin"));
        nextProject();
    }

    /** The same people around a new project. */
    void nextProject() {
        project = sample.project(users.get(Needs.MANAGER), "a", "b");
        sample.member(project, users.get(Needs.ANNOTATOR), "ANNOTATOR");
        sample.member(project, users.get(Needs.REVIEWER), "REVIEWER");
    }

    long project() {
        return project;
    }

    /** Empty for nobody. */
    Optional<User> user(Needs who) {
        return Optional.ofNullable(users.get(who));
    }
}
