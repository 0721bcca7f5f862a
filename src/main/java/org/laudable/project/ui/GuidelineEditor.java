package org.laudable.project.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.markdown.Markdown;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.Optional;
import org.laudable.project.Guideline;

/** The guidelines as Markdown, with a look at how annotators see them. */
final class GuidelineEditor extends Div {
    private final TextArea source = new TextArea();
    private final Markdown preview = new Markdown("");
    private final Span version = new Span();
    private String saved = "";

    GuidelineEditor() {
        addClassName("guideline-editor");
        source.setLabel(getTranslation("project.guidelines"));
        source.setPlaceholder(getTranslation("project.guidelines.placeholder"));
        source.setMaxLength(200_000);
        source.setValueChangeMode(ValueChangeMode.LAZY);
        source.addValueChangeListener(change -> preview.setContent(change.getValue()));
        version.addClassNames("small", "secondary");
        Paragraph title = new Paragraph(getTranslation("project.guidelines.preview"));
        title.addClassNames("small", "secondary");
        Div shown = new Div(title, preview);
        shown.addClassName("guideline-preview");
        Div both = new Div(source, shown);
        both.addClassName("guideline-columns");
        add(both, version);
    }

    void read(Optional<Guideline> guideline) {
        saved = guideline.map(Guideline::markdown).orElse("");
        source.setValue(saved);
        preview.setContent(saved);
        version.setText(guideline.map(g -> getTranslation("project.guidelines.version", g.number(), g.author())).orElse(""));
    }

    String markdown() {
        return source.getValue();
    }

    boolean changed() {
        return !source.getValue().equals(saved);
    }
}
