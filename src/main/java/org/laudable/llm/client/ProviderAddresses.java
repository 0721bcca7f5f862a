package org.laudable.llm.client;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import org.laudable.LaudableConfig;
import org.laudable.outbound.UrlRules;

/** Where a provider may be: anywhere public, and where the configuration says. */
@Singleton
public class ProviderAddresses extends UrlRules {
    ProviderAddresses(LaudableConfig config) {
        super(config.llm().privateAddresses().orElse(List.of()), "LAUDABLE_LLM_PRIVATE_ADDRESSES", InetAddress::getAllByName);
    }
}
