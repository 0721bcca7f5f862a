/**
 * What all of REST shares: errors as problem+json (RFC 9457), and who may write: signed in, from our own pages, with the
 * CSRF token.
 */
package org.laudable.api;
