package org.laudable.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.laudable.Refused;

/**
 * Where a call may go, so that nobody can make this server call its own network: http and https only; loopback, private,
 * link-local and other special addresses only if the configuration lists them. A name is resolved at every call, every
 * address it has must be allowed, and the connection goes to the very address that was checked.
 */
public class UrlRules {
    private static final List<AddressRange> SPECIAL = Stream.of(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fc00::/7",
            "fe80::/10", "fec0::/10", "ff00::/8").map(AddressRange::parse).toList();

    private final List<AddressRange> allowed;
    private final String setting;
    private final Resolver resolver;

    /** Turns a name into addresses. */
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * @param allowed special addresses that are allowed, as ranges
     * @param setting the setting that allows them, for whoever runs the server
     */
    public UrlRules(List<String> allowed, String setting, Resolver resolver) {
        this.allowed = allowed.stream().map(AddressRange::parse).toList();
        this.setting = setting;
        this.resolver = resolver;
    }

    /**
     * What a checked address leads to.
     *
     * @param listed whether the configuration lists the address
     */
    public record Target(URI uri, String host, int port, boolean tls, InetAddress address, boolean listed) {}

    /**
     * Checks form and place of an address.
     *
     * @throws Refused with the reason
     */
    public final void check(String url) {
        try {
            target(url);
        } catch (UnknownHostException e) {
            throw new Refused("The host " + host(form(url)) + " cannot be found. Check the address for a typo.");
        }
    }

    /**
     * Resolves and checks for one call.
     *
     * @throws Refused if the address is not allowed
     * @throws UnknownHostException if the name leads nowhere just now
     */
    public final Target target(String url) throws UnknownHostException {
        URI uri = form(url);
        InetAddress[] addresses = resolver.resolve(host(uri));
        for (InetAddress address : addresses) {
            if (isSpecial(address) && !isListed(address)) {
                throw new Refused(host(uri) + " leads to the private address " + address.getHostAddress()
                        + ", which is not allowed. Whoever runs this server can allow it: " + setting + "="
                        + address.getHostAddress() + "/" + address.getAddress().length * 8);
            }
        }
        boolean tls = uri.getScheme().equalsIgnoreCase("https");
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        Target target = new Target(uri, host(uri), port, tls, addresses[0], isListed(addresses[0]));
        restrict(target);
        return target;
    }

    /** Further rules for some kinds of calls. @throws Refused with the reason */
    protected void restrict(Target target) {}

    private static URI form(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new Refused("This is no web address: " + e.getReason() + ".");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new Refused("The address starts with https:// or http://.");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new Refused("The address has a host and neither a user name nor a # part.");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new Refused("A port is a number from 1 to 65535.");
        }
        return uri;
    }

    private boolean isListed(InetAddress address) {
        return allowed.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isSpecial(InetAddress address) {
        return address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || address.isMulticastAddress()
                || SPECIAL.stream().anyMatch(range -> range.contains(address));
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
