package org.laudable.notification;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One thing a person was told, without words yet: those come from the reader's language. */
public record Notification(long id, long projectId, String projectName, NotificationKind kind, Map<String, String> args,
        Instant createdAt, boolean read) {

    static final String NOTE = "note";
    static final String NOTE_KEY = "noteKey";

    public Notification {
        args = Map.copyOf(args);
    }

    /** The key of its second line; empty if that is in somebody's own words, or there is none. */
    public Optional<String> noteKey() {
        return Optional.ofNullable(args.get(NOTE_KEY));
    }

    /** What the second line names, in order. */
    public Object[] noteArguments() {
        return Stream.iterate(0, i -> args.containsKey(NOTE + i), i -> i + 1).map(i -> args.get(NOTE + i)).toArray();
    }

    /** Where it leads: a place inside this application. */
    public String path() {
        String path = args.getOrDefault("path", "");
        return path.startsWith("projects/") ? path : "projects/" + projectId + "/" + kind.page();
    }
}
