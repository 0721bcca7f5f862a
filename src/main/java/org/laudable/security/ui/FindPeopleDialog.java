package org.laudable.security.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.laudable.Refused;
import org.laudable.security.Person;
import org.laudable.security.ProviderPerson;
import org.laudable.security.SsoLinks;
import org.laudable.security.sso.ProviderPeople;

/** Looks for people at the provider of single sign-on and gives them accounts before they come for the first time. */
final class FindPeopleDialog extends Dialog {
    private final ProviderPeople people;
    private final SsoLinks links;
    private final Runnable done;
    private final TextField text = new TextField();
    private final Div message = new Div();
    private final UnorderedList found = new UnorderedList();

    FindPeopleDialog(String provider, ProviderPeople people, SsoLinks links, Runnable done) {
        this.people = people;
        this.links = links;
        this.done = done;
        setHeaderTitle(getTranslation("sso.find", provider));
        setWidth("520px");
        setMaxWidth("96vw");
        text.setLabel(getTranslation("sso.find.text"));
        text.setAutofocus(true);
        text.setWidthFull();
        Button search = new Button(getTranslation("ui.search"), click -> search());
        search.addThemeVariants(ButtonVariant.PRIMARY);
        search.addClickShortcut(Key.ENTER);
        message.addClassNames("secondary", "small");
        message.getElement().setAttribute("role", "status");
        found.addClassNames("rows", "found-people");
        Div fields = new Div(text, search, message, found);
        fields.addClassName("fields");
        add(fields);
        getFooter().add(new Button(getTranslation("ui.close"), click -> close()));
    }

    private void search() {
        found.removeAll();
        if (text.getValue().isBlank()) {
            message.setText(getTranslation("sso.find.empty"));
            return;
        }
        try {
            List<ProviderPerson> persons = people.find(text.getValue());
            Set<String> known = links.known(persons.stream().map(ProviderPerson::subject).toList());
            persons.forEach(person -> found.add(row(person, known.contains(person.subject()))));
            message.setText(persons.isEmpty() ? getTranslation("sso.find.none")
                    : persons.size() == ProviderPeople.MOST ? getTranslation("sso.find.most", ProviderPeople.MOST) : "");
        } catch (Refused refused) {
            message.setText(refused.getMessage());
        }
    }

    private ListItem row(ProviderPerson person, boolean known) {
        Span name = new Span(person.name());
        name.addClassName("name");
        Span more = new Span(person.username() + (person.email() == null ? "" : " · " + person.email()));
        more.addClassNames("secondary", "small");
        Div who = new Div(name, more);
        who.addClassName("who");
        return new ListItem(who, known ? note("sso.find.known") : action(person));
    }

    private Component action(ProviderPerson person) {
        Optional<Person> namesake = links.namesake(person);
        if (namesake.filter(Person::sso).isPresent()) {
            return note("sso.find.taken");
        }
        return namesake.map(account -> button(getTranslation("sso.find.join", account.username()), () -> links.join(account.id(), person)))
                .orElseGet(() -> button(getTranslation("sso.find.add"), () -> links.add(person)));
    }

    private Button button(String label, Runnable work) {
        return new Button(label, click -> {
            try {
                work.run();
                search();
                done.run();
            } catch (Refused refused) {
                message.setText(refused.getMessage());
            }
        });
    }

    private Span note(String key) {
        Span note = new Span(getTranslation(key));
        note.addClassNames("secondary", "small");
        return note;
    }
}
