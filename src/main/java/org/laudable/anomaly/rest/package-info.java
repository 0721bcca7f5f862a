/** Scores and anomalies over HTTP. */
package org.laudable.anomaly.rest;
