package org.laudable.laud;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.laudable.engine.text.OnnxTextEncoder;
import org.laudable.engine.text.TextEncoder;

/** The process's one sentence encoder; loaded when it is first needed, since it takes 100 MB. */
@ApplicationScoped
class SentenceEncoder implements TextEncoder {
    private OnnxTextEncoder loaded;

    private synchronized OnnxTextEncoder encoder() {
        if (loaded == null) {
            loaded = OnnxTextEncoder.bgeSmall();
        }
        return loaded;
    }

    @Override
    public String modelId() {
        return encoder().modelId();
    }

    @Override
    public int dimension() {
        return encoder().dimension();
    }

    @Override
    public float[] encode(String text) {
        return encoder().encode(text);
    }

    @Override
    public float[][] encodeAll(List<String> texts) {
        return encoder().encodeAll(texts);
    }

    @Override
    @PreDestroy
    public synchronized void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }
}
