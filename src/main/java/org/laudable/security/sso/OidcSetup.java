package org.laudable.security.sso;

import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.laudable.LaudableConfig;
import org.laudable.security.SsoDoor;

/** Tells Quarkus' OIDC at start whom to ask; without an issuer it stays off. */
@ApplicationScoped
class OidcSetup {
    private static final int SHORTEST_SECRET = 32;

    private final LaudableConfig config;
    private final String sessionKey;

    OidcSetup(LaudableConfig config, @ConfigProperty(name = "quarkus.http.auth.session.encryption-key") String sessionKey) {
        this.config = config;
        this.sessionKey = sessionKey;
    }

    void configure(@Observes Oidc oidc) {
        config.oidc().issuer().ifPresent(issuer -> oidc.create(client(issuer)));
    }

    private OidcTenantConfig client(String issuer) {
        OidcTenantConfigBuilder client = OidcTenantConfig.authServerUrl(config.oidc().reachAt().orElse(issuer))
                .token().issuer(issuer).end()
                .clientId(config.oidc().clientId())
                .applicationType(ApplicationType.WEB_APP)
                .enableTenant()
                .authentication()
                .redirectPath(SsoDoor.PATH)
                .removeRedirectParameters(false) // the very request that brings the code opens our session
                .nonceRequired()
                .pkceRequired()
                .stateSecret(stateSecret())
                .scopes("profile", "email")
                .cookieForceSecure(config.secureCookies())
                .end();
        secret().ifPresent(client::credentials);
        return client.build();
    }

    private Optional<String> secret() {
        Optional<String> secret = Provider.secret(config.oidc());
        if (secret.filter(text -> text.length() < SHORTEST_SECRET).isPresent()) {
            throw new IllegalStateException("The client's secret of single sign-on has fewer than " + SHORTEST_SECRET + " characters.");
        }
        return secret;
    }

    /** Encrypts what must come back from the provider unchanged; the same on all replicas, and after a restart. */
    private String stateSecret() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(("oidc-state:" + sessionKey).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, SHORTEST_SECRET);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
