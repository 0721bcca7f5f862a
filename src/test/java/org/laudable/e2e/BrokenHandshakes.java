package org.laudable.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Browsers that ask for a push connection and are gone before it is open. */
final class BrokenHandshakes {
    private static final String UPGRADE = """
            GET /VAADIN/push?v-r=push&v-uiId=0&v-pushId=gone&X-Atmosphere-Transport=websocket HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Cookie: %s\r
            \r
            """;

    private BrokenHandshakes() {}

    /** Signed in, so that the server looks something up between the request and its answer; that is when they go. */
    static void at(RunningLaudable laudable, String username, int times) throws IOException {
        int port = URI.create(laudable.url("/")).getPort();
        byte[] upgrade = UPGRADE.formatted(cookie(laudable, username)).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoLinger(i % 2 == 0, 0); // every second one resets, the others close
                socket.getOutputStream().write(upgrade);
                LockSupport.parkNanos(i % 20 * 500_000L); // how long they stay is what differs between them
            }
        }
    }

    private static String cookie(RunningLaudable laudable, String username) throws IOException {
        HttpRequest signIn = HttpRequest.newBuilder(URI.create(laudable.url("/j_security_check"))).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("j_username=" + username + "&j_password=" + username + "-laudable")).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(signIn, HttpResponse.BodyHandlers.discarding()).headers().allValues("set-cookie").stream()
                    .map(one -> one.split(";")[0]).collect(Collectors.joining("; "));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
