/** The model's file on the run's page. */
package org.laudable.model.ui;
