package org.laudable.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.laudable.ChangedMeanwhile;
import org.laudable.Refused;
import org.laudable.database.DatabaseAway;
import org.laudable.database.Sql;
import org.laudable.security.OutOfReach;
import org.laudable.security.OnlyReading;

/** Turns every error of REST into a {@link Problem}. What went wrong inside is in the log, not in the answer. */
final class ErrorMapper {
    private static final Logger LOG = Logger.getLogger(ErrorMapper.class);
    private static final int REFUSED = 422;

    @ServerExceptionMapper
    Response refused(Refused error) {
        return Problem.of(REFUSED, error.getMessage()).response();
    }

    /** What exactly is missing is not said: it would tell that the rest is there. */
    @ServerExceptionMapper(priority = 1)
    Response outOfReach(OutOfReach error) {
        return Problem.of(404, "There is nothing at this address, or you have no access to it.").response();
    }

    @ServerExceptionMapper(priority = 1)
    Response forbidden(ForbiddenException error) {
        return Problem.of(403, sentence(error, "You may not do this.")).response();
    }

    @ServerExceptionMapper(priority = 1)
    Response unauthorized(UnauthorizedException error) {
        return signIn();
    }

    @ServerExceptionMapper(priority = 1)
    Response authenticationFailed(AuthenticationFailedException error) {
        return DatabaseAway.isBehind(error) ? away(error) : signIn();
    }

    @ServerExceptionMapper(priority = 1)
    Response invalid(ResteasyReactiveViolationException error) {
        List<Problem.Violation> violations = error.getConstraintViolations().stream().map(ErrorMapper::violation).toList();
        return Problem.of(400, "The request is not valid.", violations).response();
    }

    /** Jackson's second type has a mapper of Quarkus' own, so it is named too. */
    @ServerExceptionMapper(value = {JsonProcessingException.class, MismatchedInputException.class}, priority = 1)
    Response unreadable(JsonProcessingException error) {
        return Problem.of(400, "The request is not the JSON that was expected.").response();
    }

    @ServerExceptionMapper(priority = 1)
    Response http(WebApplicationException error) {
        int status = error.getResponse().getStatus();
        if (status < 400) {
            return error.getResponse();
        }
        if (error.getCause() instanceof JsonProcessingException) {
            return Problem.of(400, "The request is not the JSON that was expected.").response();
        }
        return Problem.of(status, status == 404 ? "There is nothing at this address." : sentence(error, "The request failed."))
                .response();
    }

    @ServerExceptionMapper
    Response changedMeanwhile(ChangedMeanwhile error) {
        return Problem.of(412, error.getMessage()).response();
    }

    @ServerExceptionMapper
    Response changedMeanwhile(OptimisticLockException error) {
        return Problem.of(409, "Somebody else changed this meanwhile. Read it again and repeat the change.").response();
    }

    @ServerExceptionMapper
    Response database(Sql.Failure error) {
        return error.isUnkeepableText() ? Problem.of(400, "The request holds characters that cannot be kept, such as NUL.").response()
                : anything(error);
    }

    @ServerExceptionMapper
    Response anything(Throwable error) {
        Optional<Refused> onlyReading = OnlyReading.behind(error);
        if (onlyReading.isPresent()) {
            return Problem.of(503, onlyReading.get().getMessage()).response();
        }
        if (DatabaseAway.isBehind(error)) {
            return away(error);
        }
        LOG.error("A request failed", error);
        return Problem.of(500, "The server could not do this; its log says why. Try again later.").response();
    }

    private static Response away(Throwable error) {
        LOG.warnf("A request was not answered, the database is away: %s", error);
        return Response.fromResponse(Problem.of(503, DatabaseAway.SENTENCE).response()).header("Retry-After", DatabaseAway.SECONDS).build();
    }

    private static Response signIn() {
        return Response.fromResponse(Problem.of(401,
                "You are not signed in, or your session or token has ended. Sign in, or send a token that holds.").response())
                .header("WWW-Authenticate", "Bearer realm=\"Laudable\"").build();
    }

    private static Problem.Violation violation(ConstraintViolation<?> violation) {
        StringBuilder field = new StringBuilder();
        int depth = 0;
        for (Path.Node node : violation.getPropertyPath()) { // method and parameter names say nothing to the caller
            if (depth++ >= 2 && node.getName() != null) {
                field.append(field.isEmpty() ? "" : ".").append(node);
            }
        }
        return new Problem.Violation(field.toString(), violation.getMessage());
    }

    private static String sentence(Exception error, String otherwise) {
        return error.getMessage() == null || error.getMessage().isBlank() ? otherwise : error.getMessage();
    }
}
