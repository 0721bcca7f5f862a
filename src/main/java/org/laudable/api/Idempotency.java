package org.laudable.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.security.CurrentUser;

/**
 * A write that is sent again with the same key is done once. The work and its answer are committed together, so there is
 * no moment at which one is known without the other; a request that failed has done nothing and may be repeated.
 */
@ApplicationScoped
public class Idempotency {
    public static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final Sql sql;
    private final ObjectMapper json;
    private final CurrentUser currentUser;
    private final CurrentVertxRequest current;

    Idempotency(Sql sql, ObjectMapper json, CurrentUser currentUser, CurrentVertxRequest current) {
        this.sql = sql;
        this.json = json;
        this.currentUser = currentUser;
        this.current = current;
    }

    /**
     * Does the work in a transaction, or gives the answer it gave before.
     *
     * @param key     from the header; null: the work is simply done
     * @param request what was asked, as it is compared
     * @throws Refused if the key was used for another request within a day
     */
    @Transactional
    public Response once(String key, Object request, Supplier<Response> work) {
        if (key == null) {
            return work.get();
        }
        if (!KEY.matcher(key).matches()) {
            throw new BadRequestException("An idempotency key has 1 to 200 visible ASCII characters.");
        }
        long account = currentUser.require().id();
        byte[] hash = hash(request);
        boolean first = sql.update("""
                insert into idempotent_answer (account_id, key, request_hash) values (?, ?, ?)
                on conflict (account_id, key) do update set request_hash = excluded.request_hash, status = null, created_at = now()
                where idempotent_answer.created_at < now() - interval '24 hours'""", account, key, hash) == 1;
        if (!first) {
            return before(account, key, hash);
        }
        Response answer = work.get();
        sql.update("update idempotent_answer set status = ?, location = ?, etag = ?, body = ? where account_id = ? and key = ?",
                answer.getStatus(), answer.getHeaderString(HttpHeaders.LOCATION), answer.getHeaderString(HttpHeaders.ETAG),
                answer.getEntity() == null ? null : write(answer.getEntity()), account, key);
        sql.update("""
                delete from idempotent_answer where (account_id, key) in (select account_id, key from idempotent_answer
                  where created_at < now() - interval '25 hours' order by created_at limit 20 for update skip locked)""");
        return answer;
    }

    private Response before(long account, String key, byte[] hash) {
        Optional<Kept> kept = sql.first("select request_hash, status, location, etag, body from idempotent_answer where account_id = ? and key = ?",
                row -> new Kept(row.getBytes(1), row.getInt(2), row.getString(3), row.getString(4), row.getString(5)), account, key);
        Kept answer = kept.orElseThrow();
        if (!Arrays.equals(answer.hash, hash)) {
            throw new Refused("This idempotency key was used for another request. Take a new key for each new request.");
        }
        Response.ResponseBuilder again = Response.status(answer.status).header("Idempotent-Replay", true);
        if (answer.location != null) {
            again.header(HttpHeaders.LOCATION, answer.location);
        }
        if (answer.etag != null) {
            again.header(HttpHeaders.ETAG, answer.etag);
        }
        return answer.body == null ? again.build() : again.type(MediaType.APPLICATION_JSON).entity(answer.body).build();
    }

    private byte[] hash(Object request) {
        HttpServerRequest http = current.getCurrent().request();
        String text = http.method() + " " + http.uri() + "\n" + write(request);
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer cannot be written", e);
        }
    }

    private record Kept(byte[] hash, int status, String location, String etag, String body) {}
}
