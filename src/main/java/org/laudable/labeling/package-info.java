/**
 * Questions to people and their answers: the queue, leases, annotations with their revisions, and each item's resolution.
 *
 * <p>Invariants: answers that hold a slot + held leases ≤ slots of the task; an annotation is never overwritten; a lease is
 * judged by the database's clock only. Locks are waited for in the order task → lease → gold_person → work_limit → budget;
 * who picks a task passes over those that are locked, so that it may come after the others.
 */
package org.laudable.labeling;
