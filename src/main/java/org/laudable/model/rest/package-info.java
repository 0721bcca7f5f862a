/** Models over REST. */
package org.laudable.model.rest;
