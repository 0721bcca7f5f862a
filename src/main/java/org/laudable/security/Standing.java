package org.laudable.security;

/**
 * What a session that holds is good for.
 *
 * @param readOnly the provider of single sign-on cannot be asked any more, so the person may look but not change
 */
public record Standing(User user, boolean readOnly) {}
