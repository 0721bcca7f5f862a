package org.laudable.security.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.laudable.security.AccountChanged;
import org.laudable.security.CurrentUser;
import org.laudable.security.PageSession;
import org.laudable.security.User;

/** The tabs that are open, by person: when someone's sessions end, their tabs go to the sign-in page at once. */
@ApplicationScoped
class OpenPages implements PageSession {
    private final CurrentUser currentUser;
    private final Map<Long, Set<UI>> byPerson = new ConcurrentHashMap<>();

    OpenPages(CurrentUser currentUser) {
        this.currentUser = currentUser;
    }

    void follow(UI page) {
        currentUser.find().map(User::id).ifPresent(person -> {
            byPerson.compute(person, (id, pages) -> {
                Set<UI> all = pages == null ? ConcurrentHashMap.newKeySet() : pages;
                all.add(page);
                return all;
            });
            page.addDetachListener(detached -> byPerson.computeIfPresent(person, (id, pages) -> {
                pages.remove(page);
                return pages.isEmpty() ? null : pages;
            }));
        });
    }

    void end(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountChanged changed) {
        if (changed.sessionsEnded()) {
            UI here = UI.getCurrent();
            byPerson.getOrDefault(changed.accountId(), Set.of()).stream().filter(page -> page != here)
                    .forEach(page -> page.access(() -> page.getPage().setLocation("/login?ended")));
        }
    }

    @Override
    public Optional<String> principalName() {
        return Optional.ofNullable(VaadinSession.getCurrent()).map(TabGuard::owner).filter(owner -> !owner.isEmpty());
    }
}
