/** The audit trail as a file. */
package org.laudable.audit.rest;
