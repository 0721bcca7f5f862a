package org.laudable.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;

/** The one-time links. Time comes from the caller's clock. */
@ApplicationScoped
class LinkRepository {
    private final EntityManager entities;

    LinkRepository(EntityManager entities) {
        this.entities = entities;
    }

    /** Stores a link; earlier unused ones of the account stop working. */
    void insert(long accountId, byte[] tokenHash, LinkPurpose purpose, Instant expiresAt, long createdBy) {
        dropUnused(accountId);
        entities.createNativeQuery("""
                        insert into account_link (account_id, token_hash, purpose, expires_at, created_by)
                        values (?1, ?2, ?3, ?4, ?5)""")
                .setParameter(1, accountId).setParameter(2, tokenHash).setParameter(3, purpose.name())
                .setParameter(4, expiresAt).setParameter(5, createdBy).executeUpdate();
    }

    /** The account and purpose of a link that can still be used. */
    Optional<Open> open(byte[] tokenHash, Instant now) {
        return entities.createNativeQuery("""
                        select account_id, purpose from account_link
                        where token_hash = ?1 and used_at is null and expires_at > ?2""", Object[].class)
                .setParameter(1, tokenHash).setParameter(2, now)
                .getResultStream().map(LinkRepository::open).findFirst();
    }

    /** Uses a link up; empty if it was used, has expired or never was. Of two at once only one gets it. */
    Optional<Open> use(byte[] tokenHash, Instant now) {
        return entities.createNativeQuery("""
                        update account_link set used_at = ?2
                        where token_hash = ?1 and used_at is null and expires_at > ?2 returning account_id, purpose""", Object[].class)
                .setParameter(1, tokenHash).setParameter(2, now)
                .getResultStream().map(LinkRepository::open).findFirst();
    }

    void dropUnused(long accountId) {
        entities.createNativeQuery("delete from account_link where account_id = ?1 and used_at is null")
                .setParameter(1, accountId).executeUpdate();
    }

    private static Open open(Object row) {
        Object[] columns = (Object[]) row;
        return new Open(((Number) columns[0]).longValue(), LinkPurpose.valueOf((String) columns[1]));
    }

    record Open(long accountId, LinkPurpose purpose) {}
}
