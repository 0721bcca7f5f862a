/** The Budget page. */
package org.laudable.budget.ui;
