package org.laudable.labeling.rest;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.laudable.labeling.Answer;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.AnswerReason;
import org.laudable.labeling.Interval;
import org.laudable.labeling.LeaseWish;

/** What a deck sends. */
final class TaskRequests {
    private TaskRequests() {}

    record Lease(@NotNull Long projectId, @NotNull UUID deck, @Min(1) @Max(10) int count, @Min(0) @Max(100) int ahead,
            @Size(max = 500) List<@NotNull Long> shown) {
        LeaseWish wish() {
            return new LeaseWish(projectId, deck, count, ahead, shown == null ? List.of() : shown);
        }
    }

    record Renew(@NotNull Long projectId, @NotNull @Size(max = 500) List<@NotNull Long> tasks) {}

    record Return(@NotNull @Size(max = 500) List<@NotNull Long> tasks) {}

    record Answers(@NotEmpty @Size(max = 100) List<@NotNull @Valid One> answers) {}

    record One(@NotNull UUID clientId, @NotNull Long taskId, @NotNull AnswerKind kind, Long classId,
            @Size(max = 2000) String comment, @Min(0) long activeMillis, @NotNull Instant answeredAt,
            Integer guidelineNumber, @Valid Piece interval, AnswerReason reason) {
        Answer answer() {
            return new Answer(clientId, taskId, kind, classId, comment == null || comment.isBlank() ? null : comment.strip(),
                    activeMillis, answeredAt, guidelineNumber, interval == null ? null : interval.interval(), reason);
        }
    }

    /** An interval of a series, with the channels it is about; without them it is about all. */
    record Piece(@NotNull @Min(0) Integer from, @NotNull @Min(1) Integer to, @Size(max = 1000) List<@NotNull Integer> channels) {
        Interval interval() {
            return new Interval(from, to, channels);
        }
    }

    record Similar(@NotNull Long taskId, @NotNull UUID deck, @Min(1) @Max(24) int count) {}

    record Undo(@NotNull UUID clientId, @NotNull Long taskId, @NotNull UUID deck) {}
}
