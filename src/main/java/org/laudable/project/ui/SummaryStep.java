package org.laudable.project.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.stream.Collectors;
import org.laudable.dataset.DataImport;
import org.laudable.Refused;
import org.laudable.project.EffortEstimate;
import org.laudable.project.LabelClass;
import org.laudable.project.Project;
import org.laudable.project.RateKind;

/** Step 5: what was chosen, and a first estimate of labels, hours and cost. */
final class SummaryStep extends WizardStep {

    SummaryStep(WizardServices services, Project project) {
        List<LabelClass> classes = services.projects().classes(project.id()).stream().filter(c -> !c.retired()).toList();
        List<DataImport> files = services.imports().ofProject(project.id());
        int people = services.members().members(project.id()).size();
        Div facts = new Div();
        facts.addClassName("facts");
        fact(facts, "project.name", project.name());
        fact(facts, "project.step.data.title", files.stream().map(DataImport::fileName).collect(Collectors.joining(", ")));
        fact(facts, "project.section.classes", getTranslation("project.summary.classes", classes.size(),
                classes.stream().limit(6).map(LabelClass::name).collect(Collectors.joining(", ")) + (classes.size() > 6 ? " …" : "")));
        fact(facts, "project.section.people", getTranslation("project.summary.people", people, project.labeling().overlap()));
        fact(facts, "project.section.loop", getTranslation("project.summary.loop", getTranslation("project.strategy." + project.loop().strategy()),
                project.labeling().auditSize(), project.labeling().batchSize()));
        fact(facts, "project.section.budget", project.budget().capMicros() == null ? getTranslation("project.summary.noCap")
                : getTranslation("project.summary.cap", Money.shown(project.budget().capMicros(), project.budget().currency(), getLocale())));
        add(new H2(getTranslation("project.step.summary.title")), facts, estimate(project, classes.size()));
        if (project.loop().oracle().asksModel() || project.loop().oracle().startsByModel()) {
            try {
                services.forecasts().of(project.id()).ifPresent(forecast -> {
                    Div box = new Div(new org.laudable.laud.ui.ForecastText(forecast));
                    box.addClassNames("card", "estimate");
                    add(box);
                });
            } catch (Refused e) {
                Paragraph note = new Paragraph(e.getMessage());
                note.addClassNames("note", "warn");
                add(note);
            }
        }
    }

    @Override
    Project save(Project project, boolean complete) {
        return project;
    }

    private Div estimate(Project project, int classes) {
        EffortEstimate estimate = EffortEstimate.of(project, classes);
        String hours = String.format(getLocale(), estimate.hours() < 10 ? "%.1f" : "%.0f", estimate.hours());
        Paragraph labels = new Paragraph(getTranslation("project.estimate.labels", estimate.fewestLabels(), estimate.mostLabels(), hours));
        labels.addClassName("estimate-figure");
        Div box = new Div(labels);
        if (project.budget().rateKind() != RateKind.NONE) {
            String currency = project.budget().currency();
            Paragraph cost = new Paragraph(getTranslation("project.estimate.cost", Money.shown(estimate.fewestMicros(), currency, getLocale()),
                    Money.shown(estimate.mostMicros(), currency, getLocale())));
            cost.addClassName("estimate-figure");
            box.add(cost);
            if (project.budget().capMicros() != null && project.budget().capMicros() < estimate.mostMicros()) {
                Paragraph tight = new Paragraph(getTranslation("project.estimate.tight"));
                tight.addClassNames("note", "warn");
                box.add(tight);
            }
        }
        Paragraph basis = new Paragraph(getTranslation("project.estimate.basis", EffortEstimate.SECONDS_PER_LABEL));
        basis.addClassNames("small", "secondary");
        box.add(basis);
        box.addClassNames("card", "estimate");
        return box;
    }

    private void fact(Div facts, String key, String value) {
        Span name = new Span(getTranslation(key));
        name.addClassName("secondary");
        facts.add(name, new Span(value.isEmpty() ? "–" : value));
    }
}
