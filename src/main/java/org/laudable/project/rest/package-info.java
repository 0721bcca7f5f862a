/** Projects over REST. */
package org.laudable.project.rest;
