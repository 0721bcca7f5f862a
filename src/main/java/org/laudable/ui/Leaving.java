package org.laudable.ui;

/**
 * How a page leaves for one that another person sees, or nobody. The server ends the page's session as soon as it hears of the
 * next page; a page that still listens to it would then load itself again, and the way out would be lost.
 */
public final class Leaving {
    /** JavaScript: from now on the page listens to nothing, and whoever else wants it to leave sees that it does. */
    public static final String SILENTLY = "window.laudableLeaving = true; window.vaadinPush?.atmosphere?.unsubscribe();";

    private Leaving() {}
}
