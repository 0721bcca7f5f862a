package org.laudable.testing;

import io.quarkus.test.common.QuarkusTestResource;

/** Declares what every {@code @QuarkusTest} runs on; Quarkus finds the annotation, nobody calls this class. */
@QuarkusTestResource(EmbeddedDatabaseResource.class)
final class DatabaseForEveryTest {}
