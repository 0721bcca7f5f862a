package org.laudable.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;

/** Nothing lives at this address. */
@AnonymousAllowed
@ParentLayout(MainLayout.class)
public class NotFoundPage extends Div implements HasErrorParameter<NotFoundException>, HasDynamicTitle {

    public NotFoundPage() {
        addClassName("notice-page");
        Span code = new Span("404");
        code.addClassName("code");
        add(code, new H1(getTranslation("ui.notFound.title")), new Paragraph(getTranslation("ui.notFound.text")),
                new Anchor("", getTranslation("ui.toStart")));
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        return HttpServletResponse.SC_NOT_FOUND;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("ui.notFound.title");
    }
}
