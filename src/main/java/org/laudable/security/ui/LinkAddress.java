package org.laudable.security.ui;

import java.net.URL;

/** The full address of a one-time link, on the host the administrator's own browser uses. */
final class LinkAddress {
    private LinkAddress() {}

    static String of(URL here, String token) {
        return here.getProtocol() + "://" + here.getAuthority() + "/invite/" + token;
    }
}
