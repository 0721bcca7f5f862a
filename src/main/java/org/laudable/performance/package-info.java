/**
 * What people did in a project: answers, active time, cost, agreement with the label that held. Managers see everyone's
 * figures, everybody else only their own.
 */
package org.laudable.performance;
