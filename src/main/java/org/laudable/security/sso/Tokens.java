package org.laudable.security.sso;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The tokens of one session at the provider. */
record Tokens(String id, String access, String refresh) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * When the refresh token runs out by itself; empty if it does not say. Only used to tell a session that has run out from
     * one that was ended, so its signature (with the provider's own key) does not matter.
     */
    Optional<Instant> until() {
        String[] parts = refresh.split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode end = JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
            return end.isIntegralNumber() && end.asLong() > 0 ? Optional.of(Instant.ofEpochSecond(end.asLong())) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // not a JWT, then
        }
    }
}
