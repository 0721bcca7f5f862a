/** Snapshots over REST. */
package org.laudable.snapshot.rest;
