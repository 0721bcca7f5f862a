/** Background work that survives its process: jobs are rows, each try is short or goes on from what it committed. */
package org.laudable.jobs;
