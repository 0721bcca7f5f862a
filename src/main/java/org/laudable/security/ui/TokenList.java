package org.laudable.security.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.laudable.security.ApiToken;
import org.laudable.security.TokenService;

/** Access tokens with what they may do, how long, and when they were last used; each can be revoked. */
final class TokenList extends Div {
    private final TokenService tokens;
    private final Supplier<List<ApiToken>> read;
    private final boolean owners;
    private final UnorderedList rows = new UnorderedList();

    /** @param owners whether each row names whose token it is */
    TokenList(TokenService tokens, Supplier<List<ApiToken>> read, boolean owners) {
        this.tokens = tokens;
        this.read = read;
        this.owners = owners;
        rows.addClassNames("rows", "tokens");
        add(rows);
        refresh();
    }

    void refresh() {
        rows.removeAll();
        List<ApiToken> found = read.get();
        found.forEach(token -> rows.add(row(token)));
        if (found.isEmpty()) {
            ListItem none = new ListItem(getTranslation("token.none"));
            none.addClassName("secondary");
            rows.add(none);
        }
    }

    private ListItem row(ApiToken token) {
        boolean usable = token.usable(tokens.now());
        Span name = new Span(owners ? getTranslation("token.ofOwner", token.name(), token.owner()) : token.name());
        name.addClassName("name");
        Code start = new Code(token.start() + "…");
        Div head = new Div(name, start);
        head.addClassName("token-head");
        if (!usable) {
            Span chip = new Span(getTranslation(token.revokedAt() != null ? "token.revoked" : token.outdated() ? "token.outdated" : "token.expired"));
            chip.addClassNames("chip", "bad");
            head.add(chip);
        }
        Div what = new Div(token.actions().stream().map(action -> getTranslation("token.action." + action)).collect(Collectors.joining(", "))
                + " · " + getTranslation("token.projectCount", token.projects().map(ids -> ids.size()).orElse(0)));
        what.addClassNames("secondary", "small");
        Div when = new Div(getTranslation("token.until", day(token.expiresAt())) + " · " + (token.lastUsedAt() == null
                ? getTranslation("token.never") : getTranslation("token.lastUsed", moment(token.lastUsedAt()), token.lastUsedFrom())));
        when.addClassNames("secondary", "small");
        Div who = new Div(head, what, when);
        who.addClassName("who");
        ListItem row = new ListItem(who);
        row.setClassName("off", !usable);
        if (usable) {
            Button revoke = new Button(getTranslation("token.revoke"), click -> askToRevoke(token));
            revoke.setAriaLabel(getTranslation("token.revokeOne", token.name()));
            row.add(revoke);
        }
        return row;
    }

    /** Cannot be undone, so it is asked. */
    private void askToRevoke(ApiToken token) {
        Dialog dialog = new Dialog(getTranslation("token.revokeOne", token.name()));
        dialog.setWidth("420px");
        dialog.add(new Paragraph(getTranslation("token.revoke.text")));
        Button confirm = new Button(getTranslation("token.revoke"), click -> {
            tokens.revoke(token.id());
            dialog.close();
            refresh();
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(getTranslation("ui.cancel"), click -> dialog.close()), confirm);
        dialog.open();
    }

    private String day(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(getLocale()).withZone(ZoneId.systemDefault()).format(at);
    }

    private String moment(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).withLocale(getLocale())
                .withZone(ZoneId.systemDefault()).format(at);
    }
}
