package org.laudable.anomaly;

import java.util.Optional;
import org.laudable.engine.series.Acquisition;
import org.laudable.engine.series.LearnerSettings;
import org.laudable.project.Project;
import org.laudable.series.SeriesSettings;

/**
 * How a project's series are searched, frozen when its run starts.
 *
 * @param preset      laudable or paper
 * @param acquisition mixed, learn or find
 * @param language    of the reasons beside questions: that of whoever started the run
 * @param startModel  the model file it begins with; null: none
 */
record DetectionSettings(String preset, String acquisition, int batchSize, long seed, String language, Long startModel) {

    static DetectionSettings of(Project project, SeriesSettings series, String language) {
        return new DetectionSettings(series.preset(), series.acquisition(), project.labeling().batchSize(), project.seed(), language, null);
    }

    /** The same, beginning with a model file if there is one. */
    DetectionSettings beginningWith(Optional<Long> model) {
        return new DetectionSettings(preset, acquisition, batchSize, seed, language, model.orElse(null));
    }

    LearnerSettings learner() {
        return preset.equals("paper") ? LearnerSettings.paper() : LearnerSettings.laudable();
    }

    Acquisition acquires() {
        return switch (acquisition) {
            case "learn" -> Acquisition.LEARN;
            case "find" -> Acquisition.FIND;
            default -> preset.equals("paper") ? Acquisition.MARGIN : Acquisition.MIXED;
        };
    }

    /** What a fitted series depends on: with the same, another run can take it over. */
    String fitKey() {
        return preset + "/" + seed + (startModel == null ? "" : "/" + startModel);
    }
}
