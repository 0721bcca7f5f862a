/** The bell in the frame and the list it opens. */
package org.laudable.notification.ui;
