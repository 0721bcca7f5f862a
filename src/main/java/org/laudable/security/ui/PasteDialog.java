package org.laudable.security.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.ArrayList;
import java.util.List;
import org.laudable.Refused;
import org.laudable.security.AccountService;
import org.laudable.security.Invitations;
import org.laudable.security.NewPerson;
import org.laudable.security.PastedPeople;
import org.laudable.security.Person;
import org.laudable.ui.CopyField;

/** Many people at once from a pasted list: each line is checked as it stands; the good ones become accounts with links. */
final class PasteDialog extends Dialog {
    private final AccountService accounts;
    private final Invitations invitations;
    private final Runnable done;
    private final TextArea text = new TextArea();
    private final UnorderedList report = new UnorderedList();
    private final Button create = new Button();
    private PastedPeople people = PastedPeople.parse("");

    PasteDialog(AccountService accounts, Invitations invitations, Runnable done) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.done = done;
        setHeaderTitle(getTranslation("people.paste"));
        setWidth("640px");
        text.setLabel(getTranslation("people.pasteLabel"));
        text.setPlaceholder("Ada Lovelace, ada@example.org\nGrace Hopper, grace@example.org");
        text.setHelperText(getTranslation("people.pasteHint"));
        text.setMinRows(6);
        text.setMaxRows(14);
        text.setMaxLength(100_000);
        text.setWidthFull();
        text.setAutofocus(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.addValueChangeListener(change -> check());
        report.addClassName("paste-report");
        Div content = new Div(text, report);
        content.addClassName("fields");
        add(content);
        create.addThemeVariants(ButtonVariant.PRIMARY);
        create.addClickListener(click -> create());
        getFooter().add(new Button(getTranslation("ui.cancel"), click -> close()), create);
        check();
    }

    private void check() {
        people = accounts.check(PastedPeople.parse(text.getValue()));
        report.removeAll();
        people.lines().forEach(line -> line.problem().ifPresent(problem -> report.add(new ListItem(
                strong(getTranslation("people.line", line.number())), new Span(line.text()),
                bad(getTranslation("people.problem." + problem))))));
        int good = people.people().size();
        create.setText(getTranslation("people.createMany", good));
        create.setEnabled(good > 0);
    }

    private void create() {
        List<String> links = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        getUI().orElseThrow().getPage().fetchCurrentURL(url -> {
            for (NewPerson person : people.people()) {
                try {
                    Person created = accounts.create(person);
                    links.add(created.displayName() + "\t" + created.username() + "\t" + LinkAddress.of(url, invitations.create(created.id())));
                } catch (Refused refusal) {
                    refused.add(person.displayName() + ": " + refusal.getMessage());
                }
            }
            done.run();
            showLinks(links, refused);
        });
    }

    private void showLinks(List<String> links, List<String> refused) {
        removeAll();
        getFooter().removeAll();
        setHeaderTitle(getTranslation("people.created", links.size()));
        Paragraph once = new Paragraph(getTranslation("people.linksOnce", Invitations.VALID.toHours()));
        once.addClassName("secondary");
        String all = String.join("\n", links);
        TextArea area = new TextArea(getTranslation("people.links"));
        area.setValue(all);
        area.setReadOnly(true);
        area.setWidthFull();
        area.setMaxRows(14);
        UnorderedList problems = new UnorderedList();
        problems.addClassName("paste-report");
        refused.forEach(sentence -> problems.add(new ListItem(bad(sentence))));
        Div content = new Div(once, area, problems);
        content.addClassName("fields");
        add(content);
        Button copy = new Button(getTranslation("people.copyAll"));
        copy.addClickListener(click -> CopyField.copy(all, copy));
        Button close = new Button(getTranslation("ui.close"), click -> close());
        close.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(copy, close);
    }

    private static Span strong(String words) {
        Span span = new Span(words);
        span.addClassName("line");
        return span;
    }

    private static Span bad(String words) {
        Span span = new Span(words);
        span.addClassName("problem");
        return span;
    }
}
