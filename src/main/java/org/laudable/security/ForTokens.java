package org.laudable.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Opens a REST method, or all of a resource, to tokens with this action, or with all of these. Without it a token cannot call the method. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ForTokens {
    TokenAction[] value();
}
