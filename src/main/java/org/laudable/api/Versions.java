package org.laudable.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Edits say which version they are based on: the ETag they read comes back as If-Match. */
public final class Versions {
    private Versions() {}

    /** The tag of a version, as the header ETag. */
    public static String tag(int version) {
        return "\"v" + version + "\"";
    }

    public static Response ok(Object entity, int version) {
        return Response.ok(entity).header("ETag", tag(version)).build();
    }

    /** @throws WebApplicationException with 428 if the header is missing, with 412 if it names another version */
    public static void require(String ifMatch, int version) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new WebApplicationException("Say which version you are changing: send the ETag you read as If-Match.", 428);
        }
        if (!ifMatch.strip().equals(tag(version))) {
            throw new WebApplicationException("Somebody else changed this meanwhile. Read it again and repeat the change.", 412);
        }
    }
}
