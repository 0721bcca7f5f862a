/**
 * Questions to people and their answers: the queue, leases, annotations with their revisions, and each item's resolution.
 *
 * <p>Invariants: answers that hold a slot + held leases ≤ slots of the task; an annotation is never overwritten; a lease is
 * judged by the database's clock only. Locks are taken in the order task → lease → budget.
 */
package org.laudable.labeling;
