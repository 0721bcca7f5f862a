package org.laudable.security.ui;

import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.laudable.security.AccountService;
import org.laudable.security.CurrentUser;
import org.laudable.security.Invitations;
import org.laudable.security.Person;
import org.laudable.security.TokenService;
import org.laudable.security.ProviderPerson;
import org.laudable.security.SsoLinks;
import org.laudable.security.sso.ProviderPeople;
import org.laudable.security.sso.SignOn;
import org.laudable.ui.Icon;
import org.laudable.ui.Notices;

/** Everyone with an account: make, invite, change, disable. */
@Route("admin/people")
@RolesAllowed(CurrentUser.ADMIN)
class PeopleView extends Div implements HasDynamicTitle {
    private static final int MOST_SHOWN = 200;

    private final AccountService accounts;
    private final Invitations invitations;
    private final TokenService tokens;
    private final Notices notices;
    private final SignOn signOn;
    private final SsoLinks links;
    private final ProviderPeople providerPeople;
    private final long me;
    private Map<Long, ProviderPerson> waiting = Map.of();
    private final Span count = new Span();
    private final TextField search = new TextField();
    private final UnorderedList rows = new UnorderedList();
    private final Div rest = new Div();

    PeopleView(AccountService accounts, Invitations invitations, TokenService tokens, Notices notices,
            CurrentUser currentUser, SignOn signOn, SsoLinks links, ProviderPeople providerPeople) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.tokens = tokens;
        this.notices = notices;
        this.signOn = signOn;
        this.links = links;
        this.providerPeople = providerPeople;
        this.me = currentUser.requireAdmin().id();
        addClassName("page");
        rows.addClassNames("rows", "people");
        count.addClassName("secondary");
        rest.addClassNames("secondary", "small");
        add(head(), rows, rest);
        refresh();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("ui.people");
    }

    private Div head() {
        Div title = new Div(new H1(getTranslation("ui.people")), count);
        title.addClassName("title");
        search.setPlaceholder(getTranslation("ui.search"));
        search.setAriaLabel(getTranslation("people.search"));
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(change -> refresh());
        Button paste = new Button(getTranslation("people.paste"), click ->
                new PasteDialog(accounts, invitations, this::refresh).open());
        Button create = new Button(getTranslation("people.new"), Icon.PLUS.create(), click ->
                new PersonDialog(accounts, invitations, this::refresh).open());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        Button all = new Button(getTranslation("token.everybodys"), click ->
                showTokens(getTranslation("token.everybodys"), new TokenList(tokens, tokens::everybodys, true)));
        Button find = new Button(getTranslation("sso.find", signOn.provider().orElse("")), click ->
                new FindPeopleDialog(signOn.provider().orElse(""), providerPeople, links, this::refresh).open());
        find.setVisible(signOn.findsPeople());
        paste.setVisible(signOn.localAccounts());
        create.setVisible(signOn.localAccounts());
        Anchor sso = new Anchor("admin/sign-in", getTranslation("sso.title"));
        sso.setVisible(signOn.provider().isPresent());
        Div actions = new Div(search, sso, find, all, paste, create);
        actions.addClassName("actions");
        Div head = new Div(title, actions);
        head.addClassName("page-head");
        return head;
    }

    private void refresh() {
        List<Person> everyone = accounts.people();
        waiting = links.waiting();
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<Person> found = everyone.stream().filter(person -> matches(person, wanted)).toList();
        count.setText(getTranslation("people.count", everyone.stream().filter(Person::enabled).count()));
        rows.removeAll();
        found.stream().limit(MOST_SHOWN).forEach(person -> rows.add(row(person)));
        rest.setText(found.isEmpty() ? getTranslation("people.none")
                : found.size() > MOST_SHOWN ? getTranslation("people.more", found.size() - MOST_SHOWN) : "");
    }

    private static boolean matches(Person person, String wanted) {
        return (person.displayName() + " " + person.username() + " " + person.email()).toLowerCase(Locale.ROOT).contains(wanted);
    }

    private ListItem row(Person person) {
        Avatar avatar = new Avatar(person.displayName());
        avatar.getElement().setAttribute("aria-hidden", "true");
        Span name = new Span(person.displayName());
        name.addClassName("name");
        Span username = new Span(person.username());
        username.addClassNames("secondary", "small");
        Div who = new Div(name, username);
        who.addClassName("who");
        Span email = new Span(person.email() == null ? "" : person.email());
        email.addClassNames("secondary", "email");
        Div chips = new Div();
        chips.addClassName("chips");
        if (person.admin()) {
            chips.add(chip("people.admin", "accent"));
        }
        if (person.sso()) {
            chips.add(new Span(signOn.provider().orElseGet(() -> getTranslation("sso.title"))));
            chips.getComponentAt(chips.getComponentCount() - 1).addClassName("chip");
        }
        if (waiting.containsKey(person.id())) {
            chips.add(chip("sso.waiting", "warn"));
        }
        if (!person.enabled()) {
            chips.add(chip("people.disabled", "bad"));
        } else if (!person.joined()) {
            chips.add(chip("people.invited", "warn"));
        }
        ListItem row = new ListItem(avatar, who, email, chips, menu(person));
        row.setClassName("off", !person.enabled());
        return row;
    }

    private Button menu(Person person) {
        Button button = new Button(Icon.MORE.create());
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.setAriaLabel(getTranslation("ui.actions", person.displayName()));
        ContextMenu menu = new ContextMenu(button);
        menu.setOpenOnClick(true);
        menu.addItem(getTranslation("people.edit"), click -> new PersonDialog(accounts, person, this::refresh).open());
        menu.addItem(getTranslation("token.tokens"), click -> showTokens(getTranslation("token.of", person.displayName()),
                new TokenList(tokens, () -> tokens.of(person.id()), false)));
        if (person.enabled()) {
            if (!person.sso() && signOn.localAccounts()) {
                menu.addItem(getTranslation(person.joined() ? "people.resetLink" : "people.inviteLink"), click -> showLink(person));
            }
            Optional.ofNullable(waiting.get(person.id())).ifPresent(other ->
                    menu.addItem(getTranslation("sso.join", other.name(), signOn.provider().orElse("")), click -> askToJoin(person, other)));
            menu.addItem(getTranslation(person.admin() ? "people.revokeAdmin" : "people.grantAdmin"), click -> {
                accounts.setAdmin(person.id(), !person.admin());
                refresh();
            }).setEnabled(person.id() != me);
            menu.addSeparator();
            menu.addItem(getTranslation("people.disable"), click -> disable(person)).setEnabled(person.id() != me);
        } else {
            menu.addItem(getTranslation("people.enable"), click -> enable(person));
        }
        menu.addItem(getTranslation("people.anonymise"), click -> askToAnonymise(person)).setEnabled(person.id() != me);
        return button;
    }

    private void showTokens(String title, TokenList list) {
        Dialog dialog = new Dialog(title, list);
        dialog.setWidth("640px");
        dialog.setMaxWidth("96vw");
        dialog.getFooter().add(new Button(getTranslation("ui.close"), click -> dialog.close()));
        dialog.open();
    }

    /** Cannot be undone, so it is asked. */
    private void askToAnonymise(Person person) {
        Dialog dialog = new Dialog(getTranslation("people.anonymise.title", person.displayName()));
        dialog.setWidth("420px");
        dialog.add(new Paragraph(getTranslation("people.anonymise.text", "Person " + person.id())));
        Button confirm = new Button(getTranslation("people.anonymise"), click -> {
            accounts.anonymise(person.id());
            dialog.close();
            refresh();
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(getTranslation("ui.cancel"), click -> dialog.close()), confirm);
        dialog.open();
    }

    /** Whoever is let in has the account's rights from then on, so it is asked. */
    private void askToJoin(Person person, ProviderPerson other) {
        Dialog dialog = new Dialog(getTranslation("sso.join.title", person.displayName()));
        dialog.setWidth("420px");
        dialog.add(new Paragraph(getTranslation("sso.join.text", other.name(), other.email() == null ? "–" : other.email(), person.username())));
        Button confirm = new Button(getTranslation("sso.join.confirm"), click -> {
            links.join(person.id(), other);
            dialog.close();
            refresh();
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(getTranslation("ui.cancel"), click -> dialog.close()), confirm);
        dialog.open();
    }

    private void showLink(Person person) {
        new LinkDialog(person, invitations.create(person.id())).open();
    }

    private void disable(Person person) {
        accounts.disable(person.id());
        refresh();
        notices.undoable(getTranslation("people.nowDisabled", person.displayName()), () -> enable(person));
    }

    private void enable(Person person) {
        accounts.enable(person.id());
        refresh();
        notices.info(getTranslation("people.nowEnabled", person.displayName()));
    }

    private Span chip(String key, String colour) {
        Span chip = new Span(getTranslation(key));
        chip.addClassNames("chip", colour);
        return chip;
    }
}
