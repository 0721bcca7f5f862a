package org.laudable.security;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** The accounts. */
@ApplicationScoped
class AccountRepository implements PanacheRepositoryBase<Account, Long> {
    /** Any number; whoever counts accounts or administrators to decide something holds this lock meanwhile. */
    private static final long COUNTING = 4_711_001L;

    Optional<Account> byUsername(String username) {
        return find("username", username).firstResultOptional();
    }

    Optional<Account> bySubject(String issuer, String subject) {
        return find("ssoIssuer = ?1 and ssoSubject = ?2", issuer, subject).firstResultOptional();
    }

    List<Account> all() {
        return find("order by enabled desc, lower(displayName), id").list();
    }

    long enabledAdmins() {
        return count("admin and enabled and passwordHash is not null");
    }

    /** Until the transaction ends nobody else makes the first account or takes away the last administrator. */
    void lockCounting() {
        getEntityManager().createNativeQuery("select 1 from pg_advisory_xact_lock(?1)", Integer.class)
                .setParameter(1, COUNTING).getSingleResult();
    }

    Optional<Account> locked(long id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }
}
