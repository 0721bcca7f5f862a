/** What the Run pages of both kinds of project share. */
package org.laudable.loop.ui;
