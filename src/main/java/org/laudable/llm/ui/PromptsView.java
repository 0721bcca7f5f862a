package org.laudable.llm.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.Refused;
import org.laudable.live.ProjectEvents;
import org.laudable.llm.Drafts;
import org.laudable.llm.Estimate;
import org.laudable.llm.FineTuneService;
import org.laudable.llm.PromptService;
import org.laudable.llm.PromptTrial;
import org.laudable.llm.PromptVersion;
import org.laudable.llm.UsableModels;
import org.laudable.llm.UsableModels.UsableModel;
import org.laudable.project.ClassService;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.OnBehalf;
import org.laudable.security.User;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** What a project's language model is told: versions, tried on real items, compared by accuracy and cost, one chosen. */
@Route("projects/:projectId/prompts")
@PermitAll
class PromptsView extends ProjectPage {
    private final PromptService prompts;
    private final ProjectService projects;
    private final UsableModels models;
    private final FineTuneService tunes;
    private final Drafts drafts;
    private final ClassService classes;
    private final ProjectEvents events;
    private final Notices notices;
    private final User user;
    private final TextArea template = new TextArea();
    private final Select<UsableModel> model = new Select<>();
    private final Div versions = new Div();
    private final Section answers = new Section();
    private PromptTable table;
    private FineTuneCard training;
    private Runnable unsubscribe = () -> { };
    private Long shownTrial;

    PromptsView(ProjectAccess access, PromptService prompts, ProjectService projects, UsableModels models, FineTuneService tunes, Drafts drafts, ClassService classes, ProjectEvents events,
            Notices notices, CurrentUser currentUser) {
        super(access, Role.MANAGER, "ui.prompts");
        this.prompts = prompts;
        this.projects = projects;
        this.models = models;
        this.tunes = tunes;
        this.drafts = drafts;
        this.classes = classes;
        this.events = events;
        this.notices = notices;
        this.user = currentUser.require();
        addClassName("prompts-page");
    }

    @Override
    protected void build() {
        table = new PromptTable(new Amounts(UI.getCurrent().getLocale()));
        Paragraph lead = new Paragraph(getTranslation("llm.prompts.lead"));
        lead.addClassName("secondary");
        template.setLabel(getTranslation("llm.prompts.template"));
        template.setWidthFull();
        template.setMinRows(10);
        template.setMaxRows(24);
        template.setHelperText(getTranslation("llm.prompts.template.help"));
        List<UsableModel> usable = models.all();
        model.setLabel(getTranslation("llm.prompts.model"));
        model.setItems(usable);
        model.setItemLabelGenerator(it -> it == null ? "" : it.title());
        Long own = projects.find(projectId()).loop().oracle().modelId();
        model.setValue(usable.stream().filter(it -> own != null && it.id() == own).findFirst().orElse(usable.isEmpty() ? null : usable.getFirst()));
        Button save = new Button(getTranslation("llm.prompts.save"), click -> attempt(() -> {
            PromptVersion saved = prompts.save(projectId(), template.getValue());
            notices.info(getTranslation("llm.prompts.saved", saved.number()));
            show();
        }));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        Button preview = new Button(getTranslation("llm.prompts.preview"), click -> attempt(this::preview));
        Div actions = new Div(save, preview);
        actions.addClassName("actions");
        Section editor = new Section(new H2(getTranslation("llm.prompts.edit")), template, actions);
        editor.addClassName("card");
        Section list = new Section(new H2(getTranslation("llm.prompts.versions")), model, versions);
        list.addClassName("card");
        if (usable.isEmpty()) {
            Paragraph none = new Paragraph(getTranslation("project.oracle.noModels"));
            none.addClassNames("note", "warn");
            list.add(none);
        }
        Div columns = new Div(editor, list);
        columns.addClassName("prompts-columns");
        answers.addClassName("card");
        answers.setVisible(false);
        training = new FineTuneCard(tunes, projectId(), usable, this::attempt);
        DraftCard drafting = new DraftCard(drafts, projects, classes, notices, user, projectId(),
                () -> model.getValue() == null ? OptionalLong.empty() : OptionalLong.of(model.getValue().id()));
        add(new H1(getTranslation("ui.prompts")), lead, columns, answers, drafting, training);
        List<PromptVersion> all = prompts.versions(projectId());
        Long chosen = projects.find(projectId()).loop().oracle().promptVersionId();
        template.setValue(all.stream().filter(it -> chosen != null && it.id() == chosen).findFirst().orElse(all.getLast()).template());
        show();
    }

    private void show() {
        Long chosen = projects.find(projectId()).loop().oracle().promptVersionId();
        List<PromptTrial> trials = prompts.trials(projectId());
        versions.removeAll();
        for (PromptVersion version : prompts.versions(projectId())) {
            boolean inUse = chosen == null ? version.builtIn() : version.id() == chosen;
            versions.add(row(version, inUse, trials.stream().filter(it -> it.promptVersionId() == version.id()).toList()));
        }
        training.show();
        Optional<PromptTrial> newest = trials.stream().filter(it -> it.state() == PromptTrial.State.DONE).findFirst();
        newest.filter(it -> shownTrial == null || it.id() > shownTrial).ifPresent(this::showAnswers);
    }

    private Div row(PromptVersion version, boolean inUse, List<PromptTrial> trials) {
        Span name = new Span(version.builtIn() ? getTranslation("llm.prompts.builtIn", version.number())
                : getTranslation("llm.prompts.version", version.number(), version.author()));
        name.addClassName("prompt-name");
        Div head = new Div(name);
        head.addClassName("prompt-head");
        if (inUse) {
            Span chip = new Span(getTranslation("llm.prompts.inUse"));
            chip.addClassNames("chip", "good");
            head.add(chip);
        }
        Div figures = new Div();
        for (PromptTrial.Scope scope : PromptTrial.Scope.values()) {
            trials.stream().filter(it -> it.scope() == scope).findFirst().ifPresent(it -> figures.add(figure(it)));
        }
        Div actions = new Div(small("llm.prompts.open", () -> template.setValue(version.template())),
                small("llm.prompts.try20", () -> ask(version, PromptTrial.Scope.TWENTY)),
                small("llm.prompts.tryAudit", () -> ask(version, PromptTrial.Scope.AUDIT)));
        actions.addClassName("actions");
        if (!inUse) {
            actions.add(small("llm.prompts.choose", () -> {
                prompts.choose(projectId(), version.builtIn() ? null : version.id());
                show();
            }));
        }
        Div row = new Div(head, figures, actions);
        row.addClassName("prompt-version");
        return row;
    }

    private Div figure(PromptTrial trial) {
        Span text = new Span(table.sentence(this, trial));
        Div line = new Div(text);
        line.addClassNames("small", "secondary");
        if (trial.state() == PromptTrial.State.DONE) {
            Button open = small("llm.prompts.answers", () -> showAnswers(trial));
            line.add(open);
        }
        return line;
    }

    private Button small(String key, Runnable action) {
        Button button = new Button(getTranslation(key), click -> attempt(action));
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        return button;
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
    }

    /** Says what it will cost, then asks. */
    private void ask(PromptVersion version, PromptTrial.Scope scope) {
        if (model.getValue() == null) {
            throw new Refused(getTranslation("project.oracle.noModels"));
        }
        long modelId = model.getValue().id();
        Estimate estimate = prompts.estimate(projectId(), version.id(), modelId, scope);
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(getTranslation(scope == PromptTrial.Scope.AUDIT ? "llm.prompts.tryAudit" : "llm.prompts.try20"));
        Paragraph caps = new Paragraph(EstimateText.caps(this, estimate, null));
        caps.addClassName("secondary");
        Paragraph basis = new Paragraph(EstimateText.basis(this, estimate));
        basis.addClassNames("small", "secondary");
        dialog.add(new Paragraph(EstimateText.line(this, estimate)), caps, basis);
        dialog.setMaxWidth("520px");
        Button go = new Button(getTranslation("llm.prompts.go"), click -> {
            dialog.close();
            attempt(() -> prompts.tryOut(projectId(), version.id(), modelId, scope));
            show();
        });
        go.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(getTranslation("ui.cancel"), click -> dialog.close()), go);
        dialog.open();
    }

    private void preview() {
        PromptService.Preview preview = prompts.preview(projectId(), template.getValue());
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(getTranslation("llm.prompts.preview"));
        Pre system = new Pre(preview.system());
        Pre data = new Pre(preview.user());
        dialog.add(new H3(getTranslation("llm.prompts.preview.system")), system, new H3(getTranslation("llm.prompts.preview.user")), data);
        dialog.addClassName("prompt-preview");
        dialog.setWidth("760px");
        dialog.setMaxWidth("96vw");
        dialog.getFooter().add(new Button(getTranslation("ui.close"), click -> dialog.close()));
        dialog.open();
    }

    private void showAnswers(PromptTrial trial) {
        shownTrial = trial.id();
        answers.removeAll();
        answers.setVisible(true);
        answers.add(new H2(getTranslation("llm.prompts.answers")), new Paragraph(table.sentence(this, trial)),
                table.of(this, prompts.answers(projectId(), trial.id())));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        UI ui = event.getUI();
        unsubscribe = events.subscribe(projectId(), kind -> {
            if (kind == ProjectEvents.Kind.RUN) {
                ui.access(() -> OnBehalf.of(user, this::show));
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        unsubscribe.run();
        super.onDetach(event);
    }
}
