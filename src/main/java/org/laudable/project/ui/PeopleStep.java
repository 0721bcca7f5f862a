package org.laudable.project.ui;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import org.laudable.project.Candidate;
import org.laudable.project.Member;
import org.laudable.project.Project;
import org.laudable.project.Role;

/** Step 3: who labels, how many answers an item gets, and what people are told. */
final class PeopleStep extends WizardStep {
    private final WizardServices services;
    private final PeopleForm form = new PeopleForm();
    private final GuidelineEditor guidelines = new GuidelineEditor();
    private final MultiSelectComboBox<Candidate> annotators = new MultiSelectComboBox<>();
    private final MultiSelectComboBox<Candidate> reviewers = new MultiSelectComboBox<>();

    PeopleStep(WizardServices services, Project project) {
        this.services = services;
        form.read(project);
        guidelines.read(services.projects().guideline(project.id()));
        Paragraph lead = new Paragraph(getTranslation("project.step.people.lead"));
        lead.addClassName("secondary");
        add(new H2(getTranslation("project.step.people.title")), lead, members(project), form, guidelines);
    }

    @Override
    Project save(Project project, boolean complete) {
        services.members().add(project.id(), annotators.getValue().stream().map(Candidate::accountId).toList(), Role.ANNOTATOR);
        services.members().add(project.id(), reviewers.getValue().stream().map(Candidate::accountId).toList(), Role.REVIEWER);
        if (guidelines.changed()) {
            services.projects().saveGuideline(project.id(), guidelines.markdown());
        }
        Project changed = form.write(project);
        return changed.equals(project) ? project : services.projects().update(changed);
    }

    private Div members(Project project) {
        Div there = new Div();
        there.addClassName("member-chips");
        for (Member member : services.members().members(project.id())) {
            Span chip = new Span(member.displayName() + " · " + getTranslation("project.role." + member.role()));
            chip.addClassName("chip");
            there.add(chip);
        }
        picker(annotators, "project.step.people.annotators", project);
        picker(reviewers, "project.step.people.reviewers", project);
        Div all = new Div(there, annotators, reviewers);
        all.addClassName("settings-form");
        return all;
    }

    private void picker(MultiSelectComboBox<Candidate> picker, String key, Project project) {
        picker.setLabel(getTranslation(key));
        picker.setItems(services.members().candidates(project.id()));
        picker.setItemLabelGenerator(person -> person.displayName() + " (" + person.username() + ")");
        picker.setPlaceholder(getTranslation("project.step.people.choose"));
        picker.setWidthFull();
    }
}
