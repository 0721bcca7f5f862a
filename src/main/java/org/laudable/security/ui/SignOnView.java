package org.laudable.security.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.project.MemberService;
import org.laudable.project.Membership;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.sso.ClaimKind;
import org.laudable.security.sso.ClaimRule;
import org.laudable.security.sso.ClaimRules;
import org.laudable.security.sso.SignOn;
import org.laudable.ui.Notices;

/** Single sign-on: how it does, and what follows from the provider's roles and groups. */
@Route("admin/sign-in")
@RolesAllowed(CurrentUser.ADMIN)
class SignOnView extends Div implements HasDynamicTitle {
    private static final String ADMINISTRATOR = "ADMIN";

    private final ClaimRules rules;
    private final Notices notices;
    private final Map<Long, String> projects;
    private final UnorderedList rows = new UnorderedList();
    private final Paragraph none = new Paragraph();
    private final Select<ClaimKind> kind = new Select<>();
    private final TextField value = new TextField();
    private final Select<String> grants = new Select<>();
    private final ComboBox<Long> project = new ComboBox<>();
    private final Div message = new Div();

    SignOnView(SignOn signOn, ClaimRules rules, MemberService members, Notices notices) {
        this.rules = rules;
        this.notices = notices;
        this.projects = members.mine().stream().collect(Collectors.toMap(Membership::projectId, Membership::projectName));
        addClassNames("page", "reading");
        add(new H1(getTranslation("sso.title")));
        signOn.state().ifPresentOrElse(state -> {
            add(state(signOn, state), ruleCard());
            refresh();
        }, () -> add(off()));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("sso.title");
    }

    private Div off() {
        Div off = new Div(new Paragraph(getTranslation("sso.off")),
                new Code("./laudable run --oidc-issuer https://id.example.org/realms/laudable"));
        off.addClassName("card");
        return off;
    }

    private Div state(SignOn signOn, SignOn.State state) {
        DateTimeFormatter time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(getLocale()).withZone(ZoneId.systemDefault());
        Div card = new Div(line("sso.issuer", state.issuer()), line("sso.client", state.clientId()),
                line("sso.sessions", String.format(getLocale(), "%,d", state.sessions())),
                line("sso.lastYes", state.lastYes().map(time::format).orElse("–")),
                line("sso.local", getTranslation(signOn.localAccounts() ? "sso.local.on" : "sso.local.off", state.breakGlass().orElse(""))));
        card.addClassNames("card", "sign-on-state");
        return card;
    }

    private Div line(String key, String text) {
        Span label = new Span(getTranslation(key));
        label.addClassName("secondary");
        return new Div(label, new Span(text));
    }

    private Div ruleCard() {
        Paragraph why = new Paragraph(getTranslation("sso.rules.why"));
        why.addClassName("secondary");
        rows.addClassNames("rows", "claim-rules");
        none.addClassName("secondary");
        message.addClassName("form-error");
        message.getElement().setAttribute("role", "alert");
        message.setVisible(false);
        Div card = new Div(new H2(getTranslation("sso.rules")), why, rows, none, message, form());
        card.addClassName("card");
        return card;
    }

    private Div form() {
        kind.setLabel(getTranslation("sso.rule.kind"));
        kind.setItems(ClaimKind.values());
        kind.setItemLabelGenerator(one -> getTranslation("sso.kind." + one));
        kind.setValue(ClaimKind.ROLE);
        value.setLabel(getTranslation("sso.rule.value"));
        value.setRequiredIndicatorVisible(true);
        value.setManualValidation(true);
        grants.setLabel(getTranslation("sso.rule.grants"));
        grants.setItems(ADMINISTRATOR, Role.MANAGER.name(), Role.REVIEWER.name(), Role.ANNOTATOR.name());
        grants.setItemLabelGenerator(this::grantText);
        grants.setValue(Role.ANNOTATOR.name());
        grants.addValueChangeListener(change -> project.setVisible(!ADMINISTRATOR.equals(change.getValue())));
        project.setLabel(getTranslation("sso.rule.project"));
        project.setItems(projects.keySet().stream().sorted((a, b) -> projects.get(a).compareToIgnoreCase(projects.get(b))).toList());
        project.setItemLabelGenerator(id -> projects.getOrDefault(id, ""));
        Button add = new Button(getTranslation("sso.rule.add"), click -> add());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        Div form = new Div(kind, value, grants, project, add);
        form.addClassName("claim-form");
        return form;
    }

    private void add() {
        message.setVisible(false);
        boolean admin = ADMINISTRATOR.equals(grants.getValue());
        if (!admin && project.getValue() == null) {
            warn(getTranslation("sso.rule.needsProject"));
            return;
        }
        try {
            rules.add(kind.getValue(), value.getValue(),
                    admin ? Optional.empty() : Optional.of(new ClaimRule.Membership(project.getValue(), grants.getValue())));
            value.clear();
            refresh();
        } catch (Refused refused) {
            warn(refused.getMessage());
        }
    }

    private void warn(String sentence) {
        message.setText(sentence);
        message.setVisible(true);
    }

    private void refresh() {
        List<ClaimRule> all = rules.all();
        rows.removeAll();
        all.forEach(rule -> rows.add(row(rule)));
        none.setText(all.isEmpty() ? getTranslation("sso.rules.none") : "");
        none.setVisible(all.isEmpty());
    }

    private ListItem row(ClaimRule rule) {
        Span from = new Span(getTranslation("sso.kind." + rule.kind()) + " " + rule.value());
        from.addClassName("name");
        Span to = new Span("→ " + rule.membership()
                .map(member -> grantText(member.role()) + ", " + projects.getOrDefault(member.projectId(), "#" + member.projectId()))
                .orElseGet(() -> grantText(ADMINISTRATOR)));
        Span reach = new Span(getTranslation("sso.rule.reaches", rules.reaches(rule)));
        reach.addClassNames("secondary", "small");
        Div who = new Div(from, to, reach);
        who.addClassName("who");
        Button remove = new Button(getTranslation("sso.rule.remove"), click -> {
            rules.remove(rule);
            refresh();
            notices.undoable(getTranslation("sso.rule.removed"), () -> {
                rules.add(rule.kind(), rule.value(), rule.membership());
                refresh();
            });
        });
        remove.setAriaLabel(getTranslation("sso.rule.removeOf", rule.value()));
        return new ListItem(who, remove);
    }

    private String grantText(String role) {
        return getTranslation(ADMINISTRATOR.equals(role) ? "people.admin" : "team.role." + role);
    }
}
