package org.laudable.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where and how pages and REST are reached. */
final class ListenOptions {
    @Spec(Spec.Target.MIXEE) CommandSpec spec;

    @Option(names = "--host", defaultValue = "127.0.0.1", paramLabel = "H",
            description = "Address to listen on (default: ${DEFAULT-VALUE}; 0.0.0.0 for a team).")
    String host;

    @Option(names = "--port", defaultValue = "8080", paramLabel = "N", description = "Port (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain (PEM): serve HTTPS.")
    Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key (PEM).")
    Path key;

    @Option(names = "--behind-proxy", description = "A proxy ends HTTPS: trust its forwarded headers.")
    boolean behindProxy;

    void check() {
        if ((certificate == null) != (key == null)) {
            throw new ParameterException(spec.commandLine(), "--tls-cert and --tls-key go together.");
        }
        if (certificate != null && behindProxy) {
            throw new ParameterException(spec.commandLine(), "--behind-proxy means the proxy ends HTTPS: leave --tls-cert out.");
        }
        for (Path file : new Path[] {certificate, key}) {
            if (file != null && !Files.isReadable(file)) {
                throw new CommandFailed("Cannot read " + file + ".");
            }
        }
        checkPort(spec, port);
    }

    static void checkPort(CommandSpec spec, int port) {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be between 0 and 65535.");
        }
    }

    boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    void configure() {
        System.setProperty("laudable.plain-http", Boolean.toString(certificate == null && !behindProxy && !isLoopback()));
        System.setProperty("laudable.secure-cookies", Boolean.toString(certificate != null || behindProxy));
        System.setProperty("quarkus.http.host", host);
        if (certificate == null) {
            System.setProperty("quarkus.http.port", Integer.toString(port));
        } else {
            System.setProperty("quarkus.http.insecure-requests", "disabled");
            System.setProperty("quarkus.http.ssl-port", Integer.toString(port));
            System.setProperty("quarkus.http.ssl.certificate.files", certificate.toAbsolutePath().toString());
            System.setProperty("quarkus.http.ssl.certificate.key-files", key.toAbsolutePath().toString());
        }
        System.setProperty("quarkus.http.proxy.proxy-address-forwarding", Boolean.toString(behindProxy));
        System.setProperty("quarkus.http.proxy.allow-x-forwarded", Boolean.toString(behindProxy));
        System.setProperty("quarkus.http.proxy.enable-forwarded-host", Boolean.toString(behindProxy));
    }
}
