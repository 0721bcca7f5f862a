/** Webhooks in a project's settings. */
package org.laudable.webhook.ui;
