package org.laudable.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import org.laudable.security.User;

/** The person's own menu: profile and signing out. */
final class UserMenu extends NativeButton {

    UserMenu(User user) {
        addClassName("user");
        getElement().setAttribute("aria-haspopup", "menu");
        getElement().setAttribute("aria-label", getTranslation("ui.userMenu", user.displayName()));
        Avatar avatar = new Avatar(user.displayName());
        avatar.getElement().setAttribute("aria-hidden", "true");
        avatar.getElement().removeAttribute("tabindex");
        Span name = new Span(user.displayName());
        name.addClassName("name");
        add(avatar, name);
        ContextMenu menu = new ContextMenu(this);
        menu.setOpenOnClick(true);
        menu.addItem(getTranslation("ui.profile"), click -> UI.getCurrent().navigate("profile"));
        menu.addSeparator();
        menu.addItem(getTranslation("ui.signOut"), click -> UI.getCurrent().getPage().executeJs(Leaving.SILENTLY + """
                const form = document.createElement('form');
                form.method = 'post';
                form.action = 'logout';
                document.body.append(form);
                form.submit();"""));
    }
}
