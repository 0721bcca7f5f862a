package org.laudable.jobs;

/** Fired inside the transaction that puts a job in line; workers look at once when that has committed. */
record JobSubmitted(long id) {}
