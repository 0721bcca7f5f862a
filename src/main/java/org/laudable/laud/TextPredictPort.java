package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.laudable.Refused;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.loop.CannotGoOn;
import org.laudable.loop.PredictPort;
import org.laudable.loop.Predictions;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;

/** The newest round's model for texts from outside. For reviewers and managers. */
@ApplicationScoped
class TextPredictPort implements PredictPort {
    private final RunRepository runs;
    private final RoundTrainer trainer;
    private final SentenceEncoder encoder;
    private final ProjectAccess access;

    TextPredictPort(RunRepository runs, RoundTrainer trainer, SentenceEncoder encoder, ProjectAccess access) {
        this.runs = runs;
        this.trainer = trainer;
        this.encoder = encoder;
        this.access = access;
    }

    @Override
    public ProjectKind kind() {
        return ProjectKind.TEXT;
    }

    @Override
    public Predictions predict(long projectId, List<String> texts, List<Predictions.Window> windows) {
        access.require(projectId, Role.REVIEWER);
        RunRow run = runs.current(projectId).filter(one -> one.roundNumber() > 0)
                .orElseThrow(() -> new Refused("There is no model yet. Start a run, and ask again once its first round has begun."));
        RoundTrainer.Fitted fitted;
        try {
            fitted = trainer.newest(run);
        } catch (CannotGoOn e) {
            throw new Refused(e.getMessage());
        }
        float[][] vectors = encoder.encodeAll(texts);
        FloatMatrix chances = fitted.model().predict(fitted.session().pool().outside(texts, vectors));
        List<Predictions.Text> said = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            said.add(text(fitted.session().schema(), chances, i));
        }
        return new Predictions(fitted.round(), said, null);
    }

    private static Predictions.Text text(Schema schema, FloatMatrix chances, int row) {
        Map<String, Float> byClass = new LinkedHashMap<>();
        for (int c = 0; c < schema.size(); c++) {
            byClass.put(schema.classes().get(c).name(), chances.get(row, c));
        }
        int best = chances.argMax(row);
        return new Predictions.Text(schema.id(best), schema.classes().get(best).name(), chances.get(row, best), byClass);
    }
}
