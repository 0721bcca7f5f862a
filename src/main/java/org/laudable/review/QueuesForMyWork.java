package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.laudable.labeling.ReviewsWaiting;
import org.laudable.project.MemberService;
import org.laudable.project.Role;

/** What waits for review, for the page My work: nothing for those who only label. */
@ApplicationScoped
class QueuesForMyWork implements ReviewsWaiting {
    private final MemberService members;
    private final ReviewService review;

    QueuesForMyWork(MemberService members, ReviewService review) {
        this.members = members;
        this.review = review;
    }

    @Override
    public Map<String, Long> of(long projectId) {
        Map<String, Long> waiting = new LinkedHashMap<>();
        if (members.mine(projectId).filter(mine -> mine.role() != Role.ANNOTATOR).isPresent()) {
            review.counts(projectId).forEach((queue, count) -> {
                if (count > 0) {
                    waiting.put(queue.name(), count);
                }
            });
        }
        return waiting;
    }
}
