package org.laudable.engine.text;

import org.laudable.engine.linear.FloatMatrix;

/** What {@link EmbeddedHead} trains. */
public final class EmbeddedHeadModel implements TaskModel {

    private final ModelProvenance provenance;
    private final HeadFit fit;
    private final CrossValidation validation;
    private final FloatMatrix scores;
    private final FloatMatrix probabilities;

    EmbeddedHeadModel(ModelProvenance provenance, HeadFit fit, CrossValidation validation) {
        this.provenance = provenance;
        this.fit = fit;
        this.validation = validation;
        this.scores = fit.poolScores();
        this.probabilities = Temperature.apply(scores, validation.temperature());
    }

    @Override
    public ModelProvenance provenance() {
        return provenance;
    }

    @Override
    public FloatMatrix poolScores() {
        return scores;
    }

    @Override
    public FloatMatrix poolProbabilities() {
        return probabilities;
    }

    @Override
    public FloatMatrix predict(OutsideItems items) {
        return Temperature.apply(fit.scores(items), validation.temperature());
    }

    @Override
    public TextScorer scorer(CandidatePool pool) {
        return new TextScorer(pool.reference(), fit, validation.temperature());
    }

    @Override
    public CrossValidation crossValidation() {
        return validation;
    }
}
