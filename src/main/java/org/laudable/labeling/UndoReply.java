package org.laudable.labeling;

import java.util.Optional;

/**
 * An answer was taken back.
 *
 * @param task the task, handed to the person again; empty if its slot or the money is gone
 */
public record UndoReply(AnswerReceipt receipt, Optional<TaskView> task) {}
