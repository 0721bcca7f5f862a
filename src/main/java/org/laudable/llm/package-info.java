/**
 * Language models as annotators: providers and models an administrator configures, and the one path every call takes.
 *
 * <p>{@link org.laudable.llm.ProviderService} keeps providers, models, prices and exchange rates.
 * {@link org.laudable.llm.ChatCalls} is the path: prompt version → cache by content → budget → rate limit → call with
 * retries and a circuit breaker → validation → settlement → record. {@link org.laudable.llm.TextClassifier} asks for
 * classes of texts through it. A refusal, a timeout, garbage or an unknown class is an absence with its reason, never a
 * guess. Money is in millionths of a currency unit; prices are per million tokens.
 *
 * <p>Still to come, through the same path: LLM oracles and in-context and fine-tuned task models of the text loop, the
 * LLM potential of the series loop, and the page on which prompt versions are edited and compared.
 */
package org.laudable.llm;
