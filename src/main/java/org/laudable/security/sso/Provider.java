package org.laudable.security.sso;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.laudable.LaudableConfig;

/** The provider of single sign-on: where its addresses are, and what it answers there. */
@ApplicationScoped
class Provider {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<String> issuer;
    private final Optional<String> reachAt;
    private final String clientId;
    private final Optional<String> secret;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).followRedirects(HttpClient.Redirect.NEVER).build();
    private volatile Found found;

    @Inject
    Provider(LaudableConfig config, Clock clock) {
        this(config.oidc().issuer(), config.oidc().reachAt(), config.oidc().clientId(), secret(config.oidc()), clock);
    }

    Provider(Optional<String> issuer, Optional<String> reachAt, String clientId, Optional<String> secret, Clock clock) {
        this.issuer = issuer;
        this.reachAt = reachAt;
        this.clientId = clientId;
        this.secret = secret;
        this.clock = clock;
    }

    /** What the provider publishes about itself, and how its tokens are checked. */
    private record Found(URI tokens, Optional<URI> endSession, TokenCheck check) {}

    boolean isConfigured() {
        return issuer.isPresent();
    }

    String issuer() {
        return issuer.orElseThrow();
    }

    /** Where the server asks it; its tokens and browsers name the issuer. */
    String address() {
        return reachAt.orElseGet(this::issuer);
    }

    String clientId() {
        return clientId;
    }

    Optional<String> secret() {
        return secret;
    }

    /** The client's secret, from where it is configured. */
    static Optional<String> secret(LaudableConfig.Oidc config) {
        return config.secret().or(() -> config.secretFile().map(file -> {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new UncheckedIOException("The client's secret cannot be read from " + file, e);
            }
        }));
    }

    /** @throws IOException if the provider does not answer and was never asked before */
    TokenCheck check() throws IOException {
        return found().check();
    }

    /** Trades a refresh token in for fresh ones. */
    Renewal renew(String refreshToken) {
        try {
            HttpResponse<String> answer = post(found().tokens(), Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
            JsonNode body = json(answer.body());
            if (answer.statusCode() == 200) {
                Tokens tokens = new Tokens(body.path("id_token").asText(), body.path("access_token").asText(),
                        body.path("refresh_token").asText(refreshToken));
                return new Renewal.Renewed(tokens, check().person(tokens.id(), tokens.access()));
            }
            String error = body.path("error").asText();
            return answer.statusCode() == 400 && error.equals("invalid_grant")
                    ? new Renewal.Over(body.path("error_description").asText(error))
                    : new Renewal.Unreachable("It answered " + answer.statusCode() + " " + error);
        } catch (IOException e) {
            return new Renewal.Unreachable(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InvalidJwtException e) {
            return new Renewal.Unreachable("Its token does not hold: " + e.getMessage());
        }
    }

    /** Where the browser signs out at the provider; empty if it has no such place or cannot be asked. */
    Optional<String> endSession(Optional<String> idToken, String backTo) {
        try {
            return found().endSession().map(address -> address + "?client_id=" + encode(clientId)
                    + "&post_logout_redirect_uri=" + encode(backTo) + idToken.map(token -> "&id_token_hint=" + encode(token)).orElse(""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Found found() throws IOException {
        Found known = found;
        if (known == null) {
            URI address = URI.create(address().replaceFirst("/$", "") + "/.well-known/openid-configuration");
            HttpResponse<String> answer = send(HttpRequest.newBuilder(address).timeout(PATIENCE).build());
            JsonNode body = json(answer.body());
            if (answer.statusCode() != 200 || !body.path("issuer").asText().equals(issuer())) {
                throw new IOException(address + " answered " + answer.statusCode() + " for the issuer '" + body.path("issuer").asText() + "'");
            }
            Get get = new Get();
            get.setConnectTimeout((int) PATIENCE.toMillis());
            get.setReadTimeout((int) PATIENCE.toMillis());
            HttpsJwks keys = new HttpsJwks(body.path("jwks_uri").asText());
            keys.setSimpleHttpGet(get);
            known = new Found(URI.create(body.path("token_endpoint").asText()),
                    Optional.of(body.path("end_session_endpoint").asText()).filter(text -> !text.isEmpty()).map(URI::create),
                    new TokenCheck(issuer(), clientId, new HttpsJwksVerificationKeyResolver(keys), clock));
            found = known;
        }
        return known;
    }

    private HttpResponse<String> post(URI address, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream().map(field -> encode(field.getKey()) + "=" + encode(field.getValue())).collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json");
        if (secret.isPresent()) { // RFC 6749, section 2.3.1
            String basic = encode(clientId) + ":" + encode(secret.get());
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        } else {
            body += "&client_id=" + encode(clientId);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    private static JsonNode json(String body) throws IOException {
        JsonNode tree = JSON.readTree(body);
        return tree == null ? JSON.missingNode() : tree;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
