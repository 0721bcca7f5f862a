/** The Live page. */
package org.laudable.streaming.ui;
