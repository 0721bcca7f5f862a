/**
 * Named versions of a project's labels that never change. {@code TakeJob} copies what every row says at one moment into packed
 * chunks; {@link org.laudable.snapshot.SnapshotService} lists, compares and removes them and hands them out as files.
 */
package org.laudable.snapshot;
