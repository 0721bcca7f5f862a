package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.laudable.labeling.AnnotationRepository.Annotation;
import org.laudable.security.AuditLog;

/** Each answer's entry in the audit trail: what the person said before and says now, and from where. */
@ApplicationScoped
class LabelTrail {
    private static final String NOTHING = "none";

    private final AuditLog log;

    LabelTrail(AuditLog log) {
        this.log = log;
    }

    /** @param standing the person's earlier answer to the task, if it still stood */
    void answered(TaskRow task, Optional<Annotation> standing, Answer answer) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("task", task.id());
        details.put("answer", Map.of("before", standing.map(LabelTrail::words).orElse(NOTHING), "after", words(answer.kind(), answer.classId())));
        Optional.ofNullable(answer.interval()).ifPresent(interval -> details.put("interval", interval));
        log.record("label.answered", "item:" + task.itemId(), task.projectId(), details);
    }

    void undone(TaskRow task, Annotation standing) {
        log.record("label.undone", "item:" + task.itemId(), task.projectId(),
                Map.of("task", task.id(), "answer", Map.of("before", words(standing), "after", NOTHING)));
    }

    private static String words(Annotation it) {
        return words(it.kind(), it.classId());
    }

    private static String words(AnswerKind kind, Long classId) {
        return classId == null ? kind.name() : "class:" + classId;
    }
}
