package org.laudable.llm.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.laudable.LaudableConfig;
import org.laudable.Refused;

/**
 * Where a provider may be, so that nobody can make this server call its own network: http and https only; loopback,
 * private, link-local and other special addresses only if the configuration lists them. A name is resolved at every
 * call, every address it has must be allowed, and the connection goes to the very address that was checked.
 */
@ApplicationScoped
public class UrlRules {
    private static final List<AddressRange> SPECIAL = Stream.of(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fc00::/7",
            "fe80::/10", "fec0::/10", "ff00::/8").map(AddressRange::parse).toList();

    private final List<AddressRange> allowed;
    private final Resolver resolver;

    /** Turns a name into addresses. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    @Inject
    UrlRules(LaudableConfig config) {
        this(config.llm().privateAddresses().orElse(List.of()), InetAddress::getAllByName);
    }

    UrlRules(List<String> allowed, Resolver resolver) {
        this.allowed = allowed.stream().map(AddressRange::parse).toList();
        this.resolver = resolver;
    }

    /** What a checked address leads to. */
    record Target(URI uri, String host, int port, boolean tls, InetAddress address) {}

    /**
     * Checks form and place of an address.
     *
     * @throws Refused with the reason
     */
    public void check(String url) {
        URI uri = form(url);
        try {
            permitted(uri, resolver.resolve(host(uri)));
        } catch (UnknownHostException e) {
            throw new Refused("The host " + host(uri) + " cannot be found. Check the address for a typo.");
        }
    }

    /**
     * Resolves and checks for one call.
     *
     * @throws Refused if the address is not allowed
     * @throws UnknownHostException if the name leads nowhere just now
     */
    Target target(String url) throws UnknownHostException {
        URI uri = form(url);
        InetAddress address = permitted(uri, resolver.resolve(host(uri)));
        boolean tls = uri.getScheme().equalsIgnoreCase("https");
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        return new Target(uri, host(uri), port, tls, address);
    }

    private static URI form(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new Refused("This is no web address: " + e.getReason() + ".");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new Refused("A provider's address starts with https:// or http://.");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new Refused("A provider's address has a host and neither a user name nor a # part.");
        }
        return uri;
    }

    private InetAddress permitted(URI uri, InetAddress[] addresses) {
        for (InetAddress address : addresses) {
            if (isSpecial(address) && allowed.stream().noneMatch(range -> range.contains(address))) {
                throw new Refused(host(uri) + " leads to the private address " + address.getHostAddress()
                        + ", which is not allowed. Whoever runs this server can allow it: LAUDABLE_LLM_PRIVATE_ADDRESSES="
                        + address.getHostAddress() + "/" + address.getAddress().length * 8);
            }
        }
        return addresses[0];
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
