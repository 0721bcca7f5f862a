package org.laudable.security;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext.ContextState;
import io.quarkus.arc.ManagedContext;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/**
 * Runs work that no request brought (the demo's start, a command) as a given person, in a request context of its own:
 * services check that person's rights as always.
 */
public final class OnBehalf {
    private OnBehalf() {}

    public static void of(User user, Runnable work) {
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(user.username()))
                .addAttribute(CurrentUser.ATTRIBUTE, user);
        if (user.admin()) {
            identity.addRole(CurrentUser.ADMIN);
        }
        inOwnRequest(identity.build(), work);
    }

    /** The same for somebody who is not signed in. */
    static void nobody(Runnable work) {
        inOwnRequest(QuarkusSecurityIdentity.builder().setAnonymous(true).build(), work);
    }

    private static void inOwnRequest(SecurityIdentity identity, Runnable work) {
        ManagedContext context = Arc.container().requestContext();
        ContextState outer = context.getStateIfActive();
        if (outer != null) {
            context.deactivate();
        }
        context.activate();
        try {
            Arc.container().select(CurrentIdentityAssociation.class).get().setIdentity(identity);
            work.run();
        } finally {
            context.terminate();
            if (outer != null) {
                context.activate(outer);
            }
        }
    }
}
