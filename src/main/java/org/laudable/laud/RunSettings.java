package org.laudable.laud;

import java.util.Optional;
import org.laudable.engine.text.Certification;
import org.laudable.project.OracleSettings;
import org.laudable.project.Project;
import org.laudable.project.StoppingSettings;

/**
 * A project's loop settings, frozen when its run starts: a run can be explained and repeated whatever is changed later.
 *
 * @param precision     what the model's own labels are certified for, in (0, 1)
 * @param certifySample items people check for that
 * @param language      of the reasons beside questions: that of whoever started the run
 * @param startModel    the model file it begins with; null: none
 */
record RunSettings(String strategy, String startMode, int batchSize, int auditSize, StoppingSettings stopping, long seed,
        double precision, int certifySample, String language, OracleSettings oracle, Long startModel) {

    RunSettings {
        oracle = oracle == null ? OracleSettings.DEFAULTS : oracle; // runs of before there were language models
    }

    /** What the model's own labels must reach where no target accuracy is set. */
    private static final double DEFAULT_PRECISION = 0.9;

    static RunSettings of(Project project, String language) {
        StoppingSettings stopping = project.loop().stopping();
        Double target = stopping.targetAccuracy();
        double precision = target == null || target <= 0 || target >= 1 ? DEFAULT_PRECISION : target;
        return new RunSettings(project.loop().strategy(), project.loop().startMode(), project.labeling().batchSize(),
                project.labeling().auditSize(), stopping, project.seed(), precision, Certification.SAMPLE, language,
                project.loop().oracle(), null);
    }

    /** The same, beginning with a model file if there is one. */
    RunSettings beginningWith(Optional<Long> model) {
        return new RunSettings(strategy, startMode, batchSize, auditSize, stopping, seed, precision, certifySample, language, oracle, model.orElse(null));
    }
}
