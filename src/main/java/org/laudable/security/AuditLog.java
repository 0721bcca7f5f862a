package org.laudable.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who did what to what, when, from where, with which token. Entries are never changed or removed; the database sees to that too. */
@ApplicationScoped
public class AuditLog {
    private final EntityManager entities;
    private final ObjectMapper json;
    private final CurrentUser currentUser;
    private final CurrentVertxRequest request;

    AuditLog(EntityManager entities, ObjectMapper json, CurrentUser currentUser, CurrentVertxRequest request) {
        this.entities = entities;
        this.json = json;
        this.currentUser = currentUser;
        this.request = request;
    }

    /**
     * Records what the signed-in person does, in the caller's transaction: no deed without its record.
     *
     * @param action as {@code feature.verb}: 'account.disabled', 'project.created'
     * @param subject as {@code kind:id}: 'account:12'
     * @param projectId null outside of a project
     * @param details what one needs to understand it later; never a secret
     */
    @Transactional
    public void record(String action, String subject, Long projectId, Map<String, ?> details) {
        record(currentUser.find().map(User::id).orElse(null), action, subject, projectId, details);
    }

    /**
     * Records a change: each field that differs, before and after. Where nothing differs, nothing happened.
     *
     * @param before a record or map without secrets; {@code after} of the same shape
     */
    @Transactional
    public void changed(String action, String subject, Long projectId, Object before, Object after) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        compare("", json.valueToTree(before), json.valueToTree(after), fields);
        fields.remove("version"); // counts changes, is none
        if (!fields.isEmpty()) {
            record(action, subject, projectId, fields);
        }
    }

    private void compare(String path, JsonNode before, JsonNode after, Map<String, JsonNode> fields) {
        if (before.isObject() && after.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name), fields));
        } else if (!before.equals(after)) {
            ObjectNode change = json.createObjectNode();
            change.set("before", shown(before));
            change.set("after", shown(after));
            fields.put(path, change);
        }
    }

    private static JsonNode shown(JsonNode value) {
        return value.isMissingNode() ? NullNode.getInstance() : value;
    }

    /** The same for a person who is not signed in yet: who used a link, who failed to sign in. */
    @Transactional
    void record(Long accountId, String action, String subject, Long projectId, Map<String, ?> details) {
        record(accountId, action, subject, projectId, details, address().orElse(null));
    }

    @Transactional
    void record(Long accountId, String action, String subject, Long projectId, Map<String, ?> details, String origin) {
        entities.createNativeQuery("""
                        insert into audit_event (account_id, action, subject, project_id, details, origin, token_id)
                        values (cast(?1 as bigint), ?2, ?3, cast(?4 as bigint), cast(?5 as jsonb), ?6, cast(?7 as bigint))""")
                .setParameter(1, accountId).setParameter(2, action).setParameter(3, subject).setParameter(4, projectId)
                .setParameter(5, json.valueToTree(details).toString()).setParameter(6, origin)
                .setParameter(7, currentUser.token().map(TokenGrant::tokenId).orElse(null))
                .executeUpdate();
    }

    private Optional<String> address() {
        if (!Arc.container().requestContext().isActive()) {
            return Optional.empty();
        }
        return Optional.ofNullable(request.getCurrent()).map(AuditLog::address);
    }

    /** Where a request comes from; behind a proxy, what the proxy says. */
    static String address(RoutingContext request) {
        SocketAddress remote = request.request().remoteAddress();
        return remote == null ? "unknown" : Optional.ofNullable(remote.hostAddress()).orElse("unknown");
    }
}
