package org.laudable.security.sso;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** A provider of OpenID Connect on loopback, as far as the checks need one: its addresses, its key, its token endpoint. */
final class ProviderDouble implements AutoCloseable {
    static final String CLIENT = "laudable";
    static final String SECRET = "a secret of more than thirty-two characters";

    private final RsaJsonWebKey key;
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** What the token endpoint says to a refresh token. */
    private record Answer(int status, String body) {}

    ProviderDouble() {
        try {
            key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("one");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> send(exchange, 200, """
                {"issuer": "%1$s", "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys", "end_session_endpoint": "%1$s/logout"}"""
                .formatted(issuer())));
        server.createContext("/keys", exchange -> send(exchange, 200, "{\"keys\": [" + key.toJson() + "]}"));
        server.createContext("/token", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = form.replaceFirst(".*(^|&)refresh_token=([^&]*).*", "$2");
            Answer answer = answers.getOrDefault(URLDecoder.decode(token, StandardCharsets.UTF_8), new Answer(503, "not now"));
            send(exchange, answer.status(), answer.body());
        });
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Provider provider(Clock clock) {
        return new Provider(Optional.of(issuer()), Optional.empty(), CLIENT, Optional.of(SECRET), clock);
    }

    JwksVerificationKeyResolver keys() {
        return new JwksVerificationKeyResolver(List.of(key));
    }

    /** The next time this refresh token comes, it is renewed, with these roles and groups. */
    void renews(String refreshToken, String subject, List<String> roles, List<String> groups) {
        String id = idToken(subject, subject, roles, groups);
        answers.put(refreshToken, new Answer(200, """
                {"id_token": "%s", "access_token": "opaque", "refresh_token": "%s"}""".formatted(id, refreshToken)));
    }

    void refuses(String refreshToken) {
        answers.put(refreshToken, new Answer(400, "{\"error\": \"invalid_grant\", \"error_description\": \"User disabled\"}"));
    }

    void isDown(String refreshToken) {
        answers.remove(refreshToken);
    }

    String idToken(String subject, String username, List<String> roles, List<String> groups) {
        return signed(claims -> {
            claims.setSubject(subject);
            claims.setStringClaim("preferred_username", username);
            claims.setStringClaim("name", "Somebody " + username);
            claims.setExpirationTimeMinutesInTheFuture(1);
            claims.setClaim("realm_access", Map.of("roles", roles));
            claims.setStringListClaim("groups", groups);
        });
    }

    String logoutToken(Consumer<JwtClaims> claims) {
        return signed(token -> {
            token.setClaim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
            claims.accept(token);
        });
    }

    /** With issuer, audience, id and time; {@code claims} adds the rest, or changes these. */
    String signed(Consumer<JwtClaims> claims) {
        JwtClaims token = new JwtClaims();
        token.setIssuer(issuer());
        token.setAudience(CLIENT);
        token.setJwtId(UUID.randomUUID().toString());
        token.setIssuedAt(NumericDate.now());
        claims.accept(token);
        return sign(token, key);
    }

    static String sign(JwtClaims claims, RsaJsonWebKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue("one");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
