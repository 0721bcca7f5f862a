package org.laudable.ui;

import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;

/** What holds for every page. */
@Push
public final class AppShell implements AppShellConfigurator {}
