/** Snapshots on pages: the list, and what differs. */
package org.laudable.snapshot.ui;
