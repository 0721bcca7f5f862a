package org.laudable.security;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a piece of a test as a given person, in a request of its own. */
public final class ActingAs {
    private ActingAs() {}

    public static <T> T person(User user, Callable<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        OnBehalf.of(user, () -> {
            try {
                result.set(work.call());
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return result.get();
    }

    public static void person(User user, Runnable work) {
        OnBehalf.of(user, work);
    }

    /** Runs it in a request of somebody who is not signed in. */
    public static void nobody(Runnable work) {
        OnBehalf.nobody(work);
    }
}
