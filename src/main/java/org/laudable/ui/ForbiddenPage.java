package org.laudable.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.quarkus.security.ForbiddenException;
import jakarta.servlet.http.HttpServletResponse;

/** The page is there, but not for this person. */
@AnonymousAllowed
@ParentLayout(MainLayout.class)
public class ForbiddenPage extends Div implements HasErrorParameter<ForbiddenException>, HasDynamicTitle {

    public ForbiddenPage() {
        addClassName("notice-page");
        Span code = new Span("403");
        code.addClassName("code");
        add(code, new H1(getTranslation("ui.forbidden.title")), new Paragraph(getTranslation("ui.forbidden.text")),
                new Anchor("", getTranslation("ui.toStart")));
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<ForbiddenException> parameter) {
        return HttpServletResponse.SC_FORBIDDEN;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("ui.forbidden.title");
    }
}
