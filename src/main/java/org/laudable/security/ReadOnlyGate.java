package org.laudable.security;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Below all services: while somebody may only read, every connection that works for them refuses to write, whatever page,
 * address or service it is for. Work in the background is not theirs and goes on.
 */
@Singleton
class ReadOnlyGate implements AgroalPoolInterceptor {
    /** Under this attribute an identity is marked. */
    static final String ATTRIBUTE = "laudable.read-only";
    private static final Logger LOG = Logger.getLogger(ReadOnlyGate.class);
    private static final String SETTING = "default_transaction_read_only";

    private final Instance<Sessions> sessions;
    private final Instance<PageSession> pages;
    private final CurrentVertxRequest request;

    ReadOnlyGate(Instance<Sessions> sessions, Instance<PageSession> pages, CurrentVertxRequest request) {
        this.sessions = sessions;
        this.pages = pages;
        this.request = request;
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        if (!isForReader()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            // the first holds for statements that commit by themselves, the second for a transaction that has begun
            statement.execute("set " + SETTING + " = on; set transaction_read_only = on");
        } catch (SQLException e) {
            throw new IllegalStateException("The connection could not be made read-only", e);
        }
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        try {
            if (connection.isClosed()) {
                return; // it broke, and nobody gets it again
            }
            if ("on".equals(connection.unwrap(PGConnection.class).getParameterStatus(SETTING))) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("reset " + SETTING);
                }
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
            }
        } catch (SQLException e) {
            LOG.warn("A connection stays read-only", e);
        }
    }

    private boolean isForReader() {
        if (!Arc.container().requestContext().isActive()) {
            return pages.isResolvable() && pages.get().principalName().flatMap(SessionPrincipal::parse)
                    .filter(SessionPrincipal::isSso).filter(session -> sessions.get().knownReadOnly(session)).isPresent();
        }
        RoutingContext current = request.getCurrent();
        return current != null && current.user() instanceof QuarkusHttpUser user
                && Boolean.TRUE.equals(user.getSecurityIdentity().getAttribute(ATTRIBUTE));
    }
}
