package org.laudable;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
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

    /** Language models. */
    Llm llm();

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
