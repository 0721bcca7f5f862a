package org.laudable.review.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.Optional;
import org.laudable.project.Guideline;
import org.laudable.project.ProjectService;
import org.laudable.review.RequeueService;
import org.laudable.ui.Notices;

/** The guidelines, to be mended where they were found wanting; then what happens to answers given under the old ones. */
final class GuidelineDialog extends Dialog {
    private final long projectId;
    private final ProjectService projects;
    private final RequeueService requeue;
    private final Notices notices;
    private final Runnable changed;
    private final TextArea source = new TextArea();

    GuidelineDialog(long projectId, ProjectService projects, RequeueService requeue, Notices notices, Runnable changed) {
        this.projectId = projectId;
        this.projects = projects;
        this.requeue = requeue;
        this.notices = notices;
        this.changed = changed;
        setWidth("720px");
        setMaxWidth("100%");
        edit();
    }

    private void edit() {
        Optional<Guideline> newest = projects.guideline(projectId);
        setHeaderTitle(newest.map(one -> getTranslation("review.guideline.title", one.number())).orElse(getTranslation("review.guideline.first")));
        source.setLabel(getTranslation("project.guidelines"));
        source.setValue(newest.map(Guideline::markdown).orElse(""));
        source.setMinRows(10);
        source.setMaxRows(24);
        source.setMaxLength(200_000);
        source.setWidthFull();
        source.setValueChangeMode(ValueChangeMode.LAZY);
        add(source);
        Button save = new Button(getTranslation("review.guideline.save"), click -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(getTranslation("ui.cancel"), click -> close()), save);
        long old = requeue.outdated(projectId);
        if (old > 0) {
            Paragraph outdated = new Paragraph(getTranslation("review.guideline.outdated", old));
            outdated.addClassName("secondary");
            add(outdated, again(old));
        }
    }

    private void save() {
        Guideline saved = projects.saveGuideline(projectId, source.getValue());
        changed.run();
        long old = requeue.outdated(projectId);
        if (old == 0) {
            notices.info(getTranslation("review.guideline.saved", saved.number()));
            close();
            return;
        }
        removeAll();
        getFooter().removeAll();
        setHeaderTitle(getTranslation("review.guideline.saved", saved.number()));
        add(new Paragraph(getTranslation("review.guideline.outdated", old)), new Paragraph(getTranslation("review.guideline.what")));
        getFooter().add(new Button(getTranslation("review.guideline.leave"), click -> close()), again(old));
    }

    private Button again(long count) {
        Button again = new Button(getTranslation("review.guideline.again", count), click -> {
            int asked = requeue.requeue(projectId);
            notices.info(getTranslation("review.guideline.asked", asked));
            changed.run();
            close();
        });
        again.getElement().setAttribute("data-testid", "ask-again");
        return again;
    }
}
