package org.laudable.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * An error as REST answers it (RFC 9457).
 *
 * @param title what kind of error, the same for each of its kind
 * @param detail what happened and what to do, in a sentence
 * @param violations what is wrong with the request, one per field; null unless status is 400
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String type, String title, int status, String detail, List<Violation> violations) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A field of the request and what is wrong with it. */
    public record Violation(String field, String message) {}

    /** The page's token is missing or belongs to somebody else than who is signed in now. */
    static Problem token() {
        return new Problem("urn:laudable:problem:token", "Forbidden", 403,
                "The page's token is missing or not yours. Reload the page.", null);
    }

    public static Problem of(int status, String detail) {
        return of(status, detail, null);
    }

    static Problem of(int status, String detail, List<Violation> violations) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = status == 422 ? "Refused" : known == null ? "Error" : known.getReasonPhrase();
        return new Problem("about:blank", title, status, detail, violations);
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
