/** Runs over REST, whatever their loop. */
package org.laudable.loop.rest;
