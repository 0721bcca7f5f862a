package org.laudable;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

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
}
