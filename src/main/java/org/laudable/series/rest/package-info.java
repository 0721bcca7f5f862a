/** Series over HTTP: what the chart draws, what events there are, and the files that go out. */
package org.laudable.series.rest;
