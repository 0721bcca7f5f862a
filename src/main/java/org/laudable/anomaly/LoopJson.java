package org.laudable.anomaly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import org.laudable.loop.Run;

/** Reads and writes the JSON that runs and rounds of the series loop keep. */
@ApplicationScoped
class LoopJson {
    private final ObjectMapper json;

    LoopJson(ObjectMapper json) {
        this.json = json;
    }

    DetectionSettings of(Run run) {
        return read(run.settings(), DetectionSettings.class);
    }

    <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A run's " + type.getSimpleName() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
