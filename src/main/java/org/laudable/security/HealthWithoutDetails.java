package org.laudable.security;

import io.smallrye.health.api.HealthContentFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** Health is open to everyone, so it says only whether Laudable is up, not what it consists of. */
@ApplicationScoped
class HealthWithoutDetails implements HealthContentFilter {
    @Override
    public JsonObject filter(JsonObject payload) {
        return Json.createObjectBuilder().add("status", payload.get("status")).build();
    }
}
