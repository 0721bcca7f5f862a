package org.laudable.llm.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import io.quarkus.security.ForbiddenException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.laudable.Refused;
import org.laudable.llm.Drafts;
import org.laudable.llm.Drafts.ClassDraft;
import org.laudable.llm.Drafts.GuidelineDraft;
import org.laudable.llm.Estimate;
import org.laudable.project.ClassService;
import org.laudable.project.Guideline;
import org.laudable.project.ProjectService;
import org.laudable.security.OnBehalf;
import org.laudable.security.User;
import org.laudable.ui.Notices;

/** Lets a language model draft descriptions and guidelines. People read, change and accept; nothing is saved by itself. */
final class DraftCard extends Section {
    private final Drafts drafts;
    private final ProjectService projects;
    private final ClassService classes;
    private final Notices notices;
    private final User user;
    private final long project;
    private final Supplier<OptionalLong> model;
    private final Div state = new Div();
    private final Div result = new Div();

    /** @param model the one chosen on the page; empty: none */
    DraftCard(Drafts drafts, ProjectService projects, ClassService classes, Notices notices, User user, long project, Supplier<OptionalLong> model) {
        this.drafts = drafts;
        this.projects = projects;
        this.classes = classes;
        this.notices = notices;
        this.user = user;
        this.project = project;
        this.model = model;
        addClassNames("card", "draft-card");
        Paragraph lead = new Paragraph(getTranslation("llm.draft.lead"));
        lead.addClassName("secondary");
        Button descriptions = new Button(getTranslation("llm.draft.DESCRIPTIONS"), click -> propose(Drafts.Kind.DESCRIPTIONS));
        Button guideline = new Button(getTranslation("llm.draft.GUIDELINE"), click -> propose(Drafts.Kind.GUIDELINE));
        Div actions = new Div(descriptions, guideline);
        actions.addClassName("actions");
        state.addClassNames("secondary", "small");
        state.getElement().setAttribute("role", "status");
        add(new H2(getTranslation("llm.draft")), lead, actions, state, result);
    }

    /** Says what it will cost, then asks. */
    private void propose(Drafts.Kind kind) {
        OptionalLong chosen = model.get();
        try {
            if (chosen.isEmpty()) {
                throw new Refused(getTranslation("project.oracle.noModels"));
            }
            Estimate estimate = drafts.estimate(project, chosen.getAsLong(), kind);
            Dialog dialog = new Dialog();
            dialog.setHeaderTitle(getTranslation("llm.draft." + kind));
            Paragraph caps = new Paragraph(EstimateText.caps(this, estimate, null));
            caps.addClassName("secondary");
            dialog.add(new Paragraph(EstimateText.line(this, estimate, "llm.draft.estimate")), caps);
            dialog.setMaxWidth("520px");
            Button go = new Button(getTranslation("llm.prompts.go"), click -> {
                dialog.close();
                ask(kind, chosen.getAsLong());
            });
            go.addThemeVariants(ButtonVariant.PRIMARY);
            dialog.getFooter().add(new Button(getTranslation("ui.cancel"), click -> dialog.close()), go);
            dialog.open();
        } catch (Refused e) {
            notices.error(e.getMessage());
        }
    }

    private void ask(Drafts.Kind kind, long chosen) {
        if (kind == Drafts.Kind.DESCRIPTIONS) {
            inBackground(() -> drafts.descriptions(project, chosen), this::show);
        } else {
            inBackground(() -> drafts.guideline(project, chosen), this::show);
        }
    }

    private <T> void inBackground(Supplier<T> call, Consumer<T> then) {
        UI ui = UI.getCurrent();
        result.removeAll();
        state.setText(getTranslation("llm.testing"));
        Thread.ofVirtual().name("draft").start(() -> {
            Runnable shown;
            try {
                AtomicReference<T> said = new AtomicReference<>();
                OnBehalf.of(user, () -> said.set(call.get()));
                shown = () -> then.accept(said.get());
            } catch (Refused | ForbiddenException e) {
                shown = () -> notices.error(e.getMessage());
            }
            Runnable last = shown;
            try {
                ui.access(() -> {
                    state.setText("");
                    last.run();
                });
            } catch (UIDetachedException e) {
                // The page is gone; the answer is in the cache, should somebody ask again.
            }
        });
    }

    private void show(List<ClassDraft> drafted) {
        Map<ClassDraft, TextArea> fields = new LinkedHashMap<>();
        Map<ClassDraft, Checkbox> taken = new LinkedHashMap<>();
        Div list = new Div();
        list.addClassName("draft-list");
        for (ClassDraft one : drafted) {
            Checkbox take = new Checkbox(one.name(), true);
            TextArea text = new TextArea();
            text.setAriaLabel(getTranslation("project.classes.descriptionOf", one.name()));
            text.setValue(one.description());
            text.setWidthFull();
            Span before = new Span(one.before().isBlank() ? getTranslation("llm.draft.before.none") : getTranslation("llm.draft.before", one.before()));
            before.addClassNames("small", "secondary");
            list.add(new Div(take, text, before));
            fields.put(one, text);
            taken.put(one, take);
        }
        Button accept = new Button(getTranslation("llm.draft.accept"), click -> {
            try {
                taken.forEach((one, take) -> {
                    if (take.getValue()) {
                        classes.rename(project, one.classId(), one.name(), fields.get(one).getValue());
                    }
                });
                result.removeAll();
                notices.info(getTranslation("llm.draft.accepted"));
            } catch (Refused e) {
                notices.error(e.getMessage());
            }
        });
        accept.addThemeVariants(ButtonVariant.PRIMARY);
        result.removeAll();
        result.add(list, accept);
    }

    private void show(GuidelineDraft draft) {
        TextArea text = new TextArea(getTranslation("llm.draft.guideline", draft.cases()));
        text.setWidthFull();
        text.setMinRows(6);
        text.setMaxRows(20);
        text.setValue(draft.markdown());
        Button accept = new Button(getTranslation("llm.draft.append"), click -> {
            String now = projects.guideline(project).map(Guideline::markdown).orElse("");
            projects.saveGuideline(project, now.isBlank() ? text.getValue() : now.stripTrailing() + "\n\n" + text.getValue());
            result.removeAll();
            notices.info(getTranslation("llm.draft.appended"));
        });
        accept.addThemeVariants(ButtonVariant.PRIMARY);
        result.removeAll();
        result.add(text, accept);
    }
}
