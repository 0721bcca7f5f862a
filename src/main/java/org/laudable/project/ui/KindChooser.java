package org.laudable.project.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import java.util.function.Consumer;
import org.laudable.project.ProjectKind;

/** The first question of the set-up: texts or time series? */
final class KindChooser extends Div {

    KindChooser(ProjectKind chosen, Consumer<ProjectKind> choose) {
        addClassName("kind-chooser");
        getElement().setAttribute("role", "radiogroup");
        getElement().setAttribute("aria-label", getTranslation("project.kind"));
        for (ProjectKind kind : ProjectKind.values()) {
            Span name = new Span(getTranslation("project.kind." + kind));
            name.addClassName("kind-name");
            Span text = new Span(getTranslation("project.kind." + kind + ".text"));
            text.addClassNames("small", "secondary");
            NativeButton button = new NativeButton("", click -> {
                if (kind != chosen) {
                    choose.accept(kind);
                }
            });
            button.add(name, text);
            button.addClassName("kind");
            button.getElement().setAttribute("role", "radio");
            button.getElement().setAttribute("aria-checked", Boolean.toString(kind == chosen));
            add(button);
        }
    }
}
