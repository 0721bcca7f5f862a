package org.laudable.streaming;

/** A real Kafka broker, in this process or beside it. */
interface Broker extends AutoCloseable {
    String servers();
}
