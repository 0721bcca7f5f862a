package org.laudable.labeling.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.laudable.labeling.AnswerReceipt;

/**
 * What became of one answer of a batch.
 *
 * @param status as an HTTP status: 200 recorded (now or before), 403, 409 or 422 not taken and never will be
 * @param problem why it was not taken; null if it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AnswerOutcome(UUID clientId, long taskId, int status, Integer revision, boolean late, boolean surplus, String problem) {
    static AnswerOutcome of(AnswerReceipt receipt) {
        return new AnswerOutcome(receipt.clientId(), receipt.taskId(), 200, receipt.revision(), receipt.late(),
                receipt.surplus(), null);
    }

    static AnswerOutcome refused(TaskRequests.One sent, int status, String problem) {
        return new AnswerOutcome(sent.clientId(), sent.taskId(), status, null, false, false, problem);
    }
}
