package org.laudable.webhook;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.outbound.UrlRules;

/** Where a webhook may be: public addresses over https on a few ports; elsewhere only where the configuration says. */
@Singleton
class WebhookAddresses extends UrlRules {
    private static final String SETTING = "LAUDABLE_WEBHOOKS_PRIVATE_ADDRESSES";

    private final Set<Integer> ports;

    @Inject
    WebhookAddresses(LaudableConfig config) {
        this(config.webhooks().privateAddresses().orElse(List.of()), config.webhooks().ports(), InetAddress::getAllByName);
    }

    WebhookAddresses(List<String> allowed, Set<Integer> ports, Resolver resolver) {
        super(allowed, SETTING, resolver);
        this.ports = Set.copyOf(ports);
    }

    @Override
    protected void restrict(Target target) {
        if (target.listed()) {
            return;
        }
        if (!target.tls()) {
            throw new Refused("A webhook's address starts with https://. Without encryption only where whoever runs this server allows it: "
                    + SETTING);
        }
        if (!ports.contains(target.port())) {
            throw new Refused("A webhook's port is one of " + String.join(", ", ports.stream().sorted().map(String::valueOf).toList())
                    + ". Whoever runs this server can allow others: LAUDABLE_WEBHOOKS_PORTS");
        }
    }
}
