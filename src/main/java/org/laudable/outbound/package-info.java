/**
 * Calls of this server to others, whose address a person entered: {@link org.laudable.outbound.UrlRules} says where they may
 * go, {@link org.laudable.outbound.PinnedHttp} connects to exactly the address that was checked.
 */
package org.laudable.outbound;
