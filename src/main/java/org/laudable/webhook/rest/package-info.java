/** Webhooks over REST, for managers. */
package org.laudable.webhook.rest;
