package org.laudable.llm;

/**
 * A model of a provider.
 *
 * @param retired kept for the records; cannot be called any more
 */
public record Model(long id, int version, long providerId, ModelSettings settings, boolean retired) {

    public String name() {
        return settings.name();
    }
}
