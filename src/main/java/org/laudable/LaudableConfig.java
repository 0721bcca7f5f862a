package org.laudable;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Laudable's own settings. The launcher sets most of them from its options. */
@ConfigMapping(prefix = "laudable")
public interface LaudableConfig {

    /** Folder for uploads, models and secrets. */
    @WithDefault("data")
    Path data();

    /** Whether the sample team and projects are there, with their passwords on the login page. */
    @WithDefault("false")
    boolean demo();

    /** Whether people beyond this machine reach Laudable without HTTPS: a banner says so. */
    @WithDefault("false")
    boolean plainHttp();

    /** Whether cookies are sent over HTTPS only. */
    @WithDefault("false")
    boolean secureCookies();

    /** Whether people with a password of this site may sign in. Without, they come by single sign-on. */
    @WithDefault("true")
    boolean localAccounts();

    /** The one local administrator who may still sign in where local accounts are off, for when the provider is down. */
    Optional<String> breakGlass();

    /** Single sign-on; off without an issuer. */
    Oidc oidc();

    /** Language models. */
    Llm llm();

    /** A provider of OpenID Connect, as Keycloak. */
    interface Oidc {
        /** The provider's address, for Keycloak that of the realm: {@code https://id.example.org/realms/laudable}. */
        Optional<String> issuer();

        /** Under which name the provider knows Laudable. */
        @WithDefault("laudable")
        String clientId();

        /** The client's secret, 32 characters or more; or it is in the secret file. */
        Optional<String> secret();

        /** A file with nothing but the client's secret. */
        Optional<Path> secretFile();

        /** What the button on the sign-in page names. */
        @WithDefault("Keycloak")
        String name();

        /** Whether administrators find people at the provider: needs Keycloak and its client's right to view users. */
        @WithDefault("false")
        boolean findPeople();

        /** How often each session is asked about: a disabled person is out after that, and a new role is live. */
        @WithDefault("45s")
        Duration checkEvery();

        /** How long the provider may be unreachable before its people can only read. */
        @WithDefault("5m")
        Duration readOnlyAfter();
    }

    /** What holds for all providers of language models. */
    interface Llm {
        /**
         * Private addresses a provider may have, as ranges: {@code 127.0.0.1/32,10.1.2.0/24}. All other loopback,
         * private and link-local addresses are refused, whatever name leads to them.
         */
        Optional<List<String>> privateAddresses();
    }

    /** REST. */
    Api api();

    /** What holds for calls with a personal access token. */
    interface Api {
        /** How many requests a token may make in a minute, on average; 0: as many as it likes. */
        @WithDefault("1200")
        int requestsPerMinute();

        /** How many it may make at once before the average counts. */
        @WithDefault("200")
        int requestsAtOnce();
    }
}
