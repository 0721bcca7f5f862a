/** The ledger as a file. */
package org.laudable.budget.rest;
