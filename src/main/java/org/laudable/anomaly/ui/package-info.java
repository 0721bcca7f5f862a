/** The pages of the series loop: its run, and what it found. */
package org.laudable.anomaly.ui;
