package org.laudable.review;

import java.util.List;

/**
 * What a reviewer wants to see next.
 *
 * @param passed items they went past
 * @param first  with {@link ReviewQueue#CONFUSED} one class, otherwise null
 * @param second with {@link ReviewQueue#CONFUSED} the other, otherwise null
 */
public record ReviewWish(ReviewQueue queue, List<Long> passed, Long first, Long second) {

    public static ReviewWish of(ReviewQueue queue, List<Long> passed) {
        return new ReviewWish(queue, passed, null, null);
    }
}
