package org.laudable.notification;

import java.time.Instant;
import java.util.Map;

/** One thing a person was told, without words yet: those come from the reader's language. */
public record Notification(long id, long projectId, String projectName, NotificationKind kind, Map<String, String> args,
        Instant createdAt, boolean read) {

    public Notification {
        args = Map.copyOf(args);
    }

    /** Where it leads: a place inside this application. */
    public String path() {
        String path = args.getOrDefault("path", "");
        return path.startsWith("projects/") ? path : "projects/" + projectId + "/" + kind.page();
    }
}
