package org.laudable.model;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What of a model fits a project.
 *
 * @param matched   names of classes (or series) that both have
 * @param onlyHere  the project's own, which the model does not know: they begin as if there were no model
 * @param onlyThere the model's, which the project does not have: what it says of them is not used
 * @param notes     sentences a manager should read
 */
@Schema(name = "StartReport")
public record StartReport(List<String> matched, List<String> onlyHere, List<String> onlyThere, List<String> notes) {}
