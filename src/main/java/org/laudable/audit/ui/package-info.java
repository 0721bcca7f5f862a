/** The audit trail's page. */
package org.laudable.audit.ui;
