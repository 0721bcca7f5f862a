package org.laudable;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Laudable's own settings. The launcher sets most of them from its options. */
@ConfigMapping(prefix = "laudable")
public interface LaudableConfig {

    /** What this process does. */
    @WithDefault("all")
    ProcessRole role();

    /** Folder for uploads, models and secrets; all processes of one Laudable share it. */
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

    /** Work in the background. */
    Jobs jobs();

    /** What holds for a process that works on jobs. */
    interface Jobs {
        /** How many jobs it works on at a time; one place is kept for those that a person waits for. */
        @WithDefault("4")
        int threads();
    }

    /** Single sign-on; off without an issuer. */
    Oidc oidc();

    /** Language models. */
    Llm llm();

    /** A provider of OpenID Connect, as Keycloak. */
    interface Oidc {
        /** The provider's address, for Keycloak that of the realm: {@code https://id.example.org/realms/laudable}. */
        Optional<String> issuer();

        /** Where this server reaches the provider if browsers know it under another address than servers do, as between containers; without, at its own. */
        Optional<String> reachAt();

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

    /** Webhooks. */
    Webhooks webhooks();

    /** What holds for the messages of all projects. */
    interface Webhooks {
        /**
         * Private addresses a webhook may have, as ranges: {@code 10.1.2.0/24}. There also without encryption and on any port.
         */
        Optional<List<String>> privateAddresses();

        /** Ports a webhook elsewhere may have. */
        @WithDefault("443,8443")
        Set<Integer> ports();

        /** How often this process looks for something to send; 0: it leaves that to others. */
        @WithDefault("1s")
        Duration lookEvery();
    }

    /** Series scored as their points come. */
    Live live();

    /** What is kept of live scoring. */
    interface Live {
        /** How long an anomaly that nobody judged is kept; judged ones stay. 0: all stay. */
        @WithDefault("90d")
        Duration keepUnjudged();
    }

    /** Series scored from Kafka; off without servers. */
    Kafka kafka();

    /** A broker and its topics, for processes that score streams. */
    interface Kafka {
        /** The broker's addresses: {@code kafka-1:9092,kafka-2:9092}. */
        Optional<String> servers();

        /** What the topics' names begin with: {@code laudable.points}, {@code laudable.anomalies}, … */
        @WithDefault("laudable")
        String topics();

        /** Partitions of topics that are not there yet: as many processes and threads can score at once. */
        @WithDefault("8")
        int partitions();

        /** Threads that score in this process. */
        @WithDefault("2")
        int threads();

        /** What else the clients are told, by the names of Kafka's own settings: {@code security.protocol}, {@code sasl.jaas.config}, … */
        Map<String, String> client();
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

    /** What a collector of metrics brings as {@code Authorization: Bearer …}, 20 characters or more; without, only administrators read them. */
    Optional<String> metricsToken();

    /** Traces of requests, jobs and calls. */
    Traces traces();

    /** Where traces go. */
    interface Traces {
        /** A collector's address for OTLP over HTTP, such as {@code http://collector:4318}; without, none leave the process. */
        Optional<String> endpoint();

        /** The share of traces that is kept, 0 to 1. */
        @WithDefault("1")
        double share();
    }
}
