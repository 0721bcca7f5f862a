package org.laudable.cli;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;

/** Says where Laudable can be opened, once everything else has started. */
@ApplicationScoped
class AddressLine {
    private static final Logger LOG = Logger.getLogger("laudable");

    private final String host;
    private final int port;
    private final boolean https;
    private final LaudableConfig config;

    AddressLine(@ConfigProperty(name = "quarkus.http.host") String host, @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "quarkus.http.ssl-port") int tlsPort,
            @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled") String plain, LaudableConfig config) {
        this.host = host;
        this.https = "disabled".equalsIgnoreCase(plain);
        this.port = https ? tlsPort : port;
        this.config = config;
    }

    void started(@Observes @Priority(Interceptor.Priority.APPLICATION + 900) StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.TEST) {
            return;
        }
        String shown = host.equals("127.0.0.1") || host.equals("0.0.0.0") ? "localhost" : host;
        String address = "%s://%s:%d".formatted(https ? "https" : "http", shown, port);
        if (!config.role().servesPages()) {
            LOG.infof("This %s is ready; its health: %s/q/health  (Ctrl-C stops it)", config.role().name().toLowerCase(Locale.ROOT), address);
            return;
        }
        LOG.infof("Laudable is ready: %s  (Ctrl-C stops it)", address);
        if (config.plainHttp()) {
            LOG.warn("People on the network reach it without HTTPS: passwords travel in clear. Use --tls-cert and --tls-key, or --behind-proxy.");
        }
    }
}
