package org.laudable.project.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.stream.Collectors;
import org.laudable.engine.series.file.SourcePlan;
import org.laudable.project.Project;
import org.laudable.project.RateKind;
import org.laudable.series.ImportFile;
import org.laudable.series.SeriesImport;
import org.laudable.series.SeriesSettings;
import org.laudable.series.SeriesTemplate;

/** Step 5 for time series: what was chosen, and a first estimate of answers, time and cost. */
final class SeriesSummaryStep extends WizardStep {
    private static final int FEWEST_ANSWERS = 30;
    private static final int MOST_ANSWERS = 120;
    private static final int SECONDS_PER_ANSWER = 12;
    private static final int NAMED_FILES = 5;

    private final Div facts = new Div();

    SeriesSummaryStep(WizardServices services, Project project) {
        facts.addClassName("facts");
        List<SeriesImport> imports = services.seriesImports().ofProject(project.id());
        List<String> files = imports.stream().flatMap(one -> one.files().stream()).map(ImportFile::name).toList();
        int series = imports.stream().mapToInt(one -> one.plan().map(SourcePlan::series).orElse(0)).sum();
        SeriesSettings settings = services.series().settings(project.id());
        int people = services.members().members(project.id()).size();
        fact("project.name", project.name());
        fact("project.step.data.title", getTranslation("series.summary.files", series,
                files.stream().limit(NAMED_FILES).collect(Collectors.joining(", ")) + (files.size() > NAMED_FILES ? " …" : "")));
        fact("series.template", getTranslation("series.template." + SeriesTemplate.named(settings.template()).key()));
        fact("series.normal", settings.normal());
        fact("series.acquisition", getTranslation("series.acquisition." + settings.acquisition()));
        fact("series.missCost", getTranslation("series.summary.missCost", settings.missCost()));
        fact("project.section.people", getTranslation("project.summary.people", people, project.labeling().overlap()));
        fact("project.section.budget", project.budget().capMicros() == null ? getTranslation("project.summary.noCap")
                : getTranslation("project.summary.cap", Money.shown(project.budget().capMicros(), project.budget().currency(), getLocale())));
        add(new H2(getTranslation("project.step.summary.title")), facts, estimate(project));
    }

    @Override
    Project save(Project project, boolean complete) {
        return project;
    }

    private Div estimate(Project project) {
        int overlap = project.labeling().overlap();
        Paragraph answers = new Paragraph(getTranslation("series.estimate.answers", FEWEST_ANSWERS * overlap, MOST_ANSWERS * overlap));
        answers.addClassName("estimate-figure");
        Div box = new Div(answers);
        if (project.budget().rateKind() != RateKind.NONE) {
            String currency = project.budget().currency();
            Paragraph cost = new Paragraph(getTranslation("project.estimate.cost", Money.shown(cost(project, FEWEST_ANSWERS * overlap), currency, getLocale()),
                    Money.shown(cost(project, MOST_ANSWERS * overlap), currency, getLocale())));
            cost.addClassName("estimate-figure");
            box.add(cost);
        }
        Paragraph basis = new Paragraph(getTranslation("series.estimate.basis", SECONDS_PER_ANSWER));
        basis.addClassNames("small", "secondary");
        box.add(basis);
        box.addClassNames("card", "estimate");
        return box;
    }

    private static long cost(Project project, long answers) {
        long rate = project.budget().rateMicros();
        return project.budget().rateKind() == RateKind.PER_LABEL ? Math.multiplyExact(answers, rate)
                : Math.round(answers * (double) SECONDS_PER_ANSWER / 3_600 * rate);
    }

    private void fact(String key, String value) {
        Span name = new Span(getTranslation(key));
        name.addClassName("secondary");
        facts.add(name, new Span(value.isEmpty() ? "–" : value));
    }
}
