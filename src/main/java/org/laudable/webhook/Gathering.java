package org.laudable.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.laudable.database.Sql;
import org.laudable.webhook.WebhookRepository.Sender;

/**
 * Makes deliveries of what lies in the outbox: neighbours of the same kind go together, up to a hundred, as long as the message
 * stays of a size that receivers take. A delivery's body is written here once, so that every attempt sends and signs the same.
 */
@ApplicationScoped
class Gathering {
    static final int TOGETHER = 100;
    /** A message's facts end before so many bytes; a longer text is cut, so that one fact never is more. */
    static final int MOST_BYTES = 256 << 10;
    static final int LONGEST_TEXT = 20_000;
    private static final int AT_ONCE = 1_000;

    private final Sql sql;
    private final DeliveryRepository deliveries;
    private final ObjectMapper json;

    Gathering(Sql sql, DeliveryRepository deliveries, ObjectMapper json) {
        this.sql = sql;
        this.deliveries = deliveries;
        this.json = json;
    }

    private record Fact(long id, WebhookEvent event, ObjectNode data) {}

    private record Text(String text, boolean cut) {}

    /** Taken out of the outbox and made into deliveries in one transaction: none is lost or told twice. */
    @Transactional
    void gather(Sender webhook, Instant now) {
        List<Fact> facts = new ArrayList<>(sql.list("""
                delete from webhook_event where id in (select id from webhook_event where webhook_id = ? order by id limit ?)
                returning id, event, data""", row -> new Fact(row.getLong(1), WebhookEvent.of(row.getString(2)), read(row.getString(3))),
                webhook.id(), AT_ONCE));
        facts.sort(Comparator.comparingLong(Fact::id));
        Map<Long, String> classes = classes(webhook);
        for (int from = 0; from < facts.size();) {
            int to = from + 1;
            while (to < facts.size() && to - from < TOGETHER && facts.get(to).event == facts.get(from).event) {
                to++;
            }
            tell(webhook, facts.subList(from, to), classes, now);
            from = to;
        }
    }

    /** In one message, or in several if texts are long. */
    private void tell(Sender webhook, List<Fact> facts, Map<Long, String> classes, Instant now) {
        WebhookEvent event = facts.getFirst().event;
        Map<Long, Text> texts = texts(webhook, facts);
        ArrayNode data = json.createArrayNode();
        int bytes = 0;
        for (Fact fact : facts) {
            ObjectNode one = described(webhook, fact, classes, texts);
            int more = one.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (!data.isEmpty() && bytes + more > MOST_BYTES) {
                deliver(webhook, event, data, now);
                data = json.createArrayNode();
                bytes = 0;
            }
            data.add(one);
            bytes += more;
        }
        deliver(webhook, event, data, now);
    }

    private void deliver(Sender webhook, WebhookEvent event, ArrayNode data, Instant now) {
        long sequence = sql.number("update webhook set sequence = sequence + 1 where id = ? returning sequence", webhook.id());
        UUID message = UUID.randomUUID();
        ObjectNode body = json.createObjectNode().put("version", 1).put("id", message.toString()).put("sequence", sequence)
                .put("event", event.wireName()).put("createdAt", now.truncatedTo(ChronoUnit.MILLIS).toString());
        body.putObject("project").put("id", webhook.projectId()).put("link", link(webhook, ""));
        body.set("data", data);
        deliveries.insert(webhook.id(), message, sequence, event, data.size(), body.toString(), now);
    }

    /** With links and names, and with the text for webhooks that want it. */
    private static ObjectNode described(Sender webhook, Fact fact, Map<Long, String> classes, Map<Long, Text> texts) {
        ObjectNode data = fact.data.deepCopy();
        switch (fact.event) {
            case ANNOTATION_CREATED -> {
                long item = data.path("itemId").asLong();
                if (data.hasNonNull("classId")) {
                    data.put("label", classes.get(data.path("classId").asLong()));
                }
                if (texts.containsKey(item)) {
                    data.put("text", texts.get(item).text);
                    if (texts.get(item).cut) {
                        data.put("textCut", true);
                    }
                }
                data.put("link", link(webhook, "/items/" + item));
            }
            case BATCH_COMPLETE, ROUND_FINISHED, RUN_STOPPED -> data.put("link", link(webhook, "/run"));
            case ANOMALY_FOUND -> data.put("link", link(webhook, "/series/" + data.path("seriesId").asLong()));
            case CAP_REACHED -> data.put("link", link(webhook, "/budget"));
            case PING -> { }
        }
        return data;
    }

    private Map<Long, String> classes(Sender webhook) {
        Map<Long, String> classes = new HashMap<>();
        sql.list("select id, name from label_class where project_id = ?", row -> classes.put(row.getLong(1), row.getString(2)), webhook.projectId());
        return classes;
    }

    private Map<Long, Text> texts(Sender webhook, List<Fact> facts) {
        Map<Long, Text> texts = new HashMap<>();
        if (webhook.withTexts() && facts.getFirst().event == WebhookEvent.ANNOTATION_CREATED) {
            Long[] ids = facts.stream().map(fact -> fact.data.path("itemId").asLong()).distinct().toArray(Long[]::new);
            sql.list("select id, left(body, ?), length(body) > ? from item where id = any (?) and project_id = ? and body is not null",
                    row -> texts.put(row.getLong(1), new Text(row.getString(2), row.getBoolean(3))), LONGEST_TEXT, LONGEST_TEXT, ids,
                    webhook.projectId());
        }
        return texts;
    }

    /** Relative to wherever this Laudable is. */
    private static String link(Sender webhook, String path) {
        return "/api/v1/projects/" + webhook.projectId() + path;
    }

    private ObjectNode read(String text) {
        try {
            JsonNode node = json.readTree(text);
            return (ObjectNode) node;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A fact is not JSON", e);
        }
    }
}
