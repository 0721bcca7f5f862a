/** How a provider is reached: addresses it may have, an HTTP client that connects only to what was checked, limits. */
package org.laudable.llm.client;
