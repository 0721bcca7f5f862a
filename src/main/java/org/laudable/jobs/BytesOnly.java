package org.laudable.jobs;

import com.github.kagkarlsson.scheduler.serializer.Serializer;

/** Task data is the job's id as bytes; nothing is ever deserialised into classes. */
final class BytesOnly implements Serializer {
    @Override
    public byte[] serialize(Object data) {
        return (byte[]) data;
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] data) {
        return type.cast(data);
    }
}
