/**
 * Laudable as several processes of the built artefact, and what happens when one of them, the database, the disk or the
 * network fails: a short test for every build, {@link org.laudable.cluster.FaultDriver} for all faults with counts, and
 * {@link org.laudable.cluster.ComposeAsProcesses} for the files of {@code docker/}.
 */
package org.laudable.cluster;
