package org.laudable.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A person's account as it is stored. Leaves this package as {@link Person} or {@link User}. */
@Entity
@Table(name = "account")
class Account {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Version
    int version;

    String username;

    @Column(name = "display_name")
    String displayName;

    String email;

    @Column(name = "password_hash")
    String passwordHash;

    boolean admin;

    boolean enabled = true;

    @Column(name = "session_epoch")
    int sessionEpoch;

    String language = "en";

    String theme = "system";

    @Column(name = "sso_issuer")
    String ssoIssuer;

    @Column(name = "sso_subject")
    String ssoSubject;

    @Column(name = "admin_by_rule")
    boolean adminByRule;

    @Column(name = "created_at")
    Instant createdAt;

    User user() {
        return new User(id, username, displayName, admin);
    }

    Person person() {
        return new Person(id, version, username, displayName, email, admin, enabled,
                passwordHash != null || ssoSubject != null, ssoSubject != null, createdAt);
    }
}
