package org.laudable.streaming;

/** CDI event within the transaction: something a Live page shows has changed. */
record LiveNews(long projectId, boolean atOnce) {}
