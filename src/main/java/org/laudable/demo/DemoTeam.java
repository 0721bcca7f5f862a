package org.laudable.demo;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.laudable.security.AccountProvisioning;
import org.laudable.security.User;

/** The people of the demo. Their passwords are public, so the demo listens on loopback only. */
@ApplicationScoped
class DemoTeam {
    private final AccountProvisioning accounts;

    DemoTeam(AccountProvisioning accounts) {
        this.accounts = accounts;
    }

    /** One admin, one manager, one reviewer, three annotators. */
    record People(User admin, User manager, User reviewer, List<User> annotators) {}

    People bring() {
        return new People(
                person("admin", "Ada Admin", true),
                person("maya", "Maya Manager", false),
                person("rico", "Rico Reviewer", false),
                List.of(person("anna", "Anna Annotator", false), person("ben", "Ben Annotator", false),
                        person("chris", "Chris Annotator", false)));
    }

    private User person(String username, String displayName, boolean admin) {
        return accounts.createForDemo(username, displayName, username + "-laudable", admin);
    }
}
