package org.laudable.security;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.concurrent.Callable;

/** Runs a piece of a test as a given person, in a request of its own. */
public final class ActingAs {
    private ActingAs() {}

    public static <T> T person(User user, Callable<T> work) {
        var request = Arc.container().requestContext();
        boolean outer = request.isActive();
        var before = outer ? request.getState() : null;
        if (outer) {
            request.deactivate();
        }
        request.activate();
        try {
            QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                    .setPrincipal(new QuarkusPrincipal(user.username()))
                    .addAttribute(CurrentUser.ATTRIBUTE, user);
            if (user.admin()) {
                identity.addRole("ADMIN");
            }
            Arc.container().select(CurrentIdentityAssociation.class).get().setIdentity(identity.build());
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            request.terminate();
            if (outer) {
                request.activate(before);
            }
        }
    }

    public static void person(User user, Runnable work) {
        person(user, () -> {
            work.run();
            return null;
        });
    }
}
