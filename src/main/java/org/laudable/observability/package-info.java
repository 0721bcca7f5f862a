/**
 * What an operator sees of Laudable from outside: traces over process borders, ids in every log line, and who may read the
 * metrics. Knows no feature; the features name their own meters and steps.
 */
package org.laudable.observability;
