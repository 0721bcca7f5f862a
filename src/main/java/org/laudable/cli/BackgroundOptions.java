package org.laudable.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.laudable.ProcessRole;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What all processes have in common that serve no pages: they answer for their health and their metrics only. */
final class BackgroundOptions {
    @Option(names = "--data", defaultValue = "data", paramLabel = "DIR", description = "The folder all processes share (default: ./data).")
    Path data;

    @Option(names = "--host", defaultValue = "127.0.0.1", paramLabel = "H",
            description = "Address for /q/health and /q/metrics (default: ${DEFAULT-VALUE}).")
    String host;

    @Option(names = "--port", defaultValue = "0", paramLabel = "N", description = "Its port (default: any free one).")
    int port;

    int run(ProcessRole role, CommandSpec spec) throws Exception {
        ListenOptions.checkPort(spec, port);
        System.setProperty("quarkus.http.host", host);
        System.setProperty("quarkus.http.port", Integer.toString(port == 0 ? freePort() : port));
        System.setProperty("quarkus.datasource.jdbc.max-size", "20");
        return new Server(role, data, spec.commandLine().getErr()).runBesideOthers();
    }

    /** Chosen here, so that the console can name it. */
    private int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }
}
