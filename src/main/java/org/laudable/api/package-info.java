/**
 * What all of REST shares: errors as problem+json (RFC 9457); who may call: a person from our own pages with the CSRF token,
 * or a program with a personal access token, as often as it may; pages, versions, writes done once; the description.
 */
package org.laudable.api;
