package org.laudable.ui;

import com.vaadin.flow.component.icon.SvgIcon;

/** The line icons of the frame and the pages, drawn in the colour of the text around them. */
public enum Icon {
    BRAND,
    WORK,
    PROJECTS,
    OVERVIEW,
    LABEL,
    ITEMS,
    SERIES,
    ANOMALIES,
    LIVE,
    RUN,
    REVIEW,
    AGREEMENT,
    PROMPTS,
    TEAM,
    SETTINGS,
    PEOPLE,
    JOBS,
    PROVIDERS,
    CALLS,
    MORE,
    COLLAPSE,
    SWITCH,
    LINK,
    COPY,
    PLUS,
    CLOSE,
    BELL,
    BUDGET,
    FIGURES,
    AUDIT;

    /** A new icon, hidden from screen readers: the control around it has the name. */
    public SvgIcon create() {
        SvgIcon icon = new SvgIcon("icons/" + name().toLowerCase(java.util.Locale.ROOT) + ".svg");
        icon.getElement().setAttribute("aria-hidden", "true");
        return icon;
    }
}
