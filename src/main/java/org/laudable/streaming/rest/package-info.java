/** REST of {@link org.laudable.streaming}. */
package org.laudable.streaming.rest;
