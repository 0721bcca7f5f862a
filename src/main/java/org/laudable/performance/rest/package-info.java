/** People's figures as a file. */
package org.laudable.performance.rest;
