package org.laudable.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.OptimisticLockException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.laudable.Refused;
import org.laudable.security.OnlyReading;

/**
 * What a page says when an action fails: a refusal's own sentence, that someone else was quicker, that a right is
 * missing; for anything else a reference under which the log has the cause.
 */
@ApplicationScoped
class ErrorNotices implements ErrorHandler {
    private static final Logger LOG = Logger.getLogger(ErrorNotices.class);
    private static final long serialVersionUID = 1L;
    /** Undertow's word for an answer whose connection the browser has closed, as it does with that of the push when it leaves. */
    private static final String ANSWERED = "UT000127";

    private final transient Notices notices;

    ErrorNotices(Notices notices) {
        this.notices = notices;
    }

    @Override
    public void error(ErrorEvent event) {
        Throwable failure = event.getThrowable();
        if (browserLeft(failure)) {
            LOG.debug("The browser left in the middle of a request", failure);
            return;
        }
        String sentence = sentence(failure).or(() -> OnlyReading.behind(failure).map(refused -> text("sso.readOnly"))).orElseGet(() -> unexpected(failure));
        UI page = UI.getCurrent();
        if (page != null) {
            page.access(() -> notices.error(sentence));
        }
    }

    /** A tab was closed or reloaded while it sent something: nobody is there to be told. */
    private static boolean browserLeft(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 12; cause = cause.getCause(), depth++) {
            if (cause instanceof HttpClosedException || cause instanceof IllegalStateException && String.valueOf(cause.getMessage()).startsWith(ANSWERED)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> sentence(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 12; cause = cause.getCause(), depth++) {
            switch (cause) {
                case Refused refused -> {
                    return Optional.of(refused.getMessage());
                }
                case OptimisticLockException changed -> {
                    return Optional.of(text("ui.error.changed"));
                }
                case ForbiddenException forbidden -> {
                    return Optional.of(text("ui.error.forbidden"));
                }
                case UnauthorizedException unauthorized -> {
                    return Optional.of(text("security.ended"));
                }
                default -> { }
            }
        }
        return Optional.empty();
    }

    private static String unexpected(Throwable failure) {
        String reference = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()).toUpperCase(java.util.Locale.ROOT);
        LOG.errorf(failure, "Unexpected failure on a page, reference %s", reference);
        return text("ui.error.unexpected", reference);
    }

    private static String text(String key, Object... arguments) {
        UI page = UI.getCurrent();
        return page == null ? key : page.getTranslation(key, arguments);
    }
}
