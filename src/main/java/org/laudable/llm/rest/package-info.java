/** Providers of language models over REST, for administrators. */
package org.laudable.llm.rest;
