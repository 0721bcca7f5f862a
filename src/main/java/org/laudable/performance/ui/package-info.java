/** The page of people's figures. */
package org.laudable.performance.ui;
