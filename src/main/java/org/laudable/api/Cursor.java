package org.laudable.api;

import jakarta.ws.rs.BadRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Where the next page of a list begins: the id of the last row, in a form nobody is tempted to compute with. It gives no
 * access to anything, so it needs no signature.
 */
public final class Cursor {
    public static final int MOST = 1_000;
    private static final String KIND = "after:";

    private Cursor() {}

    /** The last id of a full page; null if the page was not full, so that nothing follows. */
    public static <T> String after(List<T> page, int limit, ToLongFunction<T> id) {
        return page.size() < limit ? null : Base64.getUrlEncoder().withoutPadding()
                .encodeToString((KIND + id.applyAsLong(page.getLast())).getBytes(StandardCharsets.US_ASCII));
    }

    /** The id after which a page begins; 0 without a cursor. @throws BadRequestException if it is none of ours */
    public static long read(String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.startsWith(KIND) && text.length() < 40) {
                return Long.parseLong(text.substring(KIND.length()));
            }
        } catch (IllegalArgumentException e) { // not Base64, or no number
            throw bad();
        }
        throw bad();
    }

    private static BadRequestException bad() {
        return new BadRequestException("This cursor is not one that a page of this list gave.");
    }
}
