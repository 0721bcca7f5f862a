/**
 * A test double of language-model providers that speaks their protocols: for tests, and by hand with
 * {@code ./laudable dev-llm}. It lives among the tests, so nothing of it is in the artefact. Its answers come from
 * keywords, not from a language model, and say nothing about one: at best 'a judge of known quality'.
 */
package org.laudable.devllm;
