package org.laudable.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.laudable.database.Sql;

/**
 * Where features say what became true, in the very transaction: what is rolled back is told nobody, what is committed is told
 * though the process dies the next moment. Answers come here by a trigger of their table. Checks no access.
 */
@ApplicationScoped
public class Outbox {
    private final Sql sql;
    private final ObjectMapper json;

    Outbox(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    /** @param fact ids and figures; no text that a person wrote */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(long projectId, WebhookEvent event, Map<String, ?> fact) {
        addAll(projectId, event, List.of(fact));
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void addAll(long projectId, WebhookEvent event, List<? extends Map<String, ?>> facts) {
        if (!facts.isEmpty()) {
            sql.update("""
                    insert into webhook_event (webhook_id, event, data)
                    select w.id, ?, f.fact || jsonb_build_object('at', now())
                    from webhook w cross join jsonb_array_elements(?::jsonb) with ordinality f(fact, place)
                    where w.project_id = ? and w.state = 'ACTIVE' and ? = any (w.events) order by f.place""",
                    event.wireName(), written(facts), projectId, event.wireName());
        }
    }

    /** For one webhook, whatever it is for. */
    @Transactional(Transactional.TxType.MANDATORY)
    void ping(long webhookId) {
        sql.update("insert into webhook_event (webhook_id, event, data) values (?, ?, jsonb_build_object('webhookId', ?::bigint, 'at', now()))",
                webhookId, WebhookEvent.PING.wireName(), webhookId);
    }

    private String written(Object facts) {
        try {
            return json.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A fact cannot be written", e);
        }
    }
}
