package org.laudable.security.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.project.Project;
import org.laudable.security.NewToken;
import org.laudable.security.TokenAction;
import org.laudable.security.TokenService;
import org.laudable.ui.CopyField;

/** A new access token: its name, what it is for, how long; then the token itself, once. */
final class TokenDialog extends Dialog {
    private final TokenService tokens;
    private final Runnable done;
    private final TextField name = new TextField();
    private final CheckboxGroup<TokenAction> actions = new CheckboxGroup<>();
    private final MultiSelectComboBox<Project> projects = new MultiSelectComboBox<>();
    private final IntegerField days = new IntegerField();
    private final Div message = new Div();
    private final Button create = new Button();
    private final Button cancel = new Button();

    TokenDialog(TokenService tokens, List<Project> mine, boolean admin, Runnable done) {
        this.tokens = tokens;
        this.done = done;
        setHeaderTitle(getTranslation("token.new"));
        setWidth("520px");
        setMaxWidth("96vw");
        message.addClassName("form-error");
        message.getElement().setAttribute("role", "alert");
        message.setVisible(false);
        name.setLabel(getTranslation("token.name"));
        name.setHelperText(getTranslation("token.nameHint"));
        name.setMaxLength(80);
        name.setAutofocus(true);
        actions.setLabel(getTranslation("token.actions"));
        actions.setItems(Arrays.stream(TokenAction.values()).filter(one -> admin || one != TokenAction.ADMIN).toList());
        actions.setItemLabelGenerator(one -> getTranslation("token.action." + one));
        actions.addClassName("token-actions");
        actions.setValue(Set.of(TokenAction.READ_ITEMS));
        projects.setLabel(getTranslation("token.projects"));
        projects.setPlaceholder(getTranslation("token.allProjects"));
        projects.setHelperText(getTranslation("token.projectsHint"));
        projects.setItems(mine);
        projects.setItemLabelGenerator(Project::name);
        days.setLabel(getTranslation("token.days"));
        days.setMin(1);
        days.setMax(NewToken.MOST_DAYS);
        days.setStepButtonsVisible(true);
        days.setValue(NewToken.USUAL_DAYS);
        Div fields = new Div(message, name, actions, projects, days);
        fields.addClassName("fields");
        add(fields);
        create.setText(getTranslation("token.create"));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        create.addClickListener(click -> create());
        cancel.setText(getTranslation("ui.cancel"));
        cancel.addClickListener(click -> close());
        getFooter().add(cancel, create);
    }

    private void create() {
        Optional<Set<Long>> chosen = projects.isEmpty() ? Optional.empty()
                : Optional.of(projects.getValue().stream().map(Project::id).collect(Collectors.toSet()));
        try {
            showOnce(tokens.create(new NewToken(name.getValue(), actions.getValue(), chosen, days.isEmpty() ? 0 : days.getValue())));
        } catch (Refused refused) {
            message.setText(refused.getMessage());
            message.setVisible(true);
        }
    }

    private void showOnce(TokenService.Created created) {
        done.run();
        setHeaderTitle(created.token().name());
        setCloseOnOutsideClick(false);
        Paragraph text = new Paragraph(getTranslation("token.once"));
        text.addClassName("secondary");
        Div content = new Div(text, new CopyField(getTranslation("token.token"), created.secret()));
        content.addClassName("fields");
        removeAll();
        add(content);
        create.setVisible(false);
        cancel.setText(getTranslation("ui.close"));
    }
}
