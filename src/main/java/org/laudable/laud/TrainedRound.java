package org.laudable.laud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.laudable.engine.text.TaskModel;

/**
 * What came out of a training, before it is written down.
 *
 * @param answers   resolved answers, audit apart, when the labels were read
 * @param labels    how many of them trained
 * @param audit     what the model says of the audit sample
 * @param ranking   the next questions
 * @param auditAsIf reasons and suggestions for open questions of the audit sample
 */
record TrainedRound(LoopSession session, TaskModel model, int answers, int labels,
        List<PredictionRepository.AuditPrediction> audit, RoundMetrics metrics, ObjectNode provenance, Long[] fixedSample,
        List<RankedItem> ranking, List<RankedItem> auditAsIf) {}
