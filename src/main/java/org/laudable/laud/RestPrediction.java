package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.jobs.JobContext;

/** Has the newest model speak of the items that were no candidates when it was trained: late ones, and most of a large pool. */
@ApplicationScoped
class RestPrediction {
    private static final int CHUNK = 2_000;

    private final CertifyRepository certify;
    private final RoundTrainer trainer;
    private final LoopSessions sessions;
    private final PredictionRepository predictions;

    RestPrediction(CertifyRepository certify, RoundTrainer trainer, LoopSessions sessions, PredictionRepository predictions) {
        this.certify = certify;
        this.trainer = trainer;
        this.sessions = sessions;
        this.predictions = predictions;
    }

    /** Chunk by chunk, each committed by itself; goes on where it was stopped. */
    void predict(RunRow run, int modelVersion, JobContext job) {
        long after = 0;
        List<PoolRepository.PoolItem> chunk = certify.withoutPrediction(run, modelVersion, after, CHUNK);
        while (!chunk.isEmpty() && !job.cancelled()) {
            RoundTrainer.Fitted fitted = trainer.newest(run);
            predictions.save(run.projectId(), run.id(), modelVersion, predict(fitted, chunk));
            after = chunk.getLast().id();
            chunk = certify.withoutPrediction(run, modelVersion, after, CHUNK);
        }
    }

    private List<PredictionRepository.Prediction> predict(RoundTrainer.Fitted fitted, List<PoolRepository.PoolItem> chunk) {
        List<PredictionRepository.Prediction> said = new ArrayList<>();
        FloatMatrix pool = fitted.model().poolProbabilities();
        for (PoolRepository.PoolItem item : chunk) {
            Integer index = fitted.session().indexByItem().get(item.id());
            if (index != null) {
                said.add(TrainStep.prediction(item.id(), pool, index, fitted.session().schema()));
            }
        }
        LoopSessions.Outside outside = sessions.outside(fitted.session(), chunk);
        outside.items().ifPresent(items -> {
            FloatMatrix p = fitted.model().predict(items);
            for (int i = 0; i < p.rows(); i++) {
                said.add(TrainStep.prediction(outside.ids().get(i), p, i, fitted.session().schema()));
            }
        });
        return said;
    }
}
