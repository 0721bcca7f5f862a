package org.laudable.labeling.rest;

import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.laudable.Refused;
import org.laudable.api.Problem;
import org.laudable.labeling.AnswerConflict;
import org.laudable.labeling.AnswerReceipt;
import org.laudable.labeling.LabelingService;
import org.laudable.labeling.LeaseReply;
import org.laudable.labeling.Progress;
import org.laudable.labeling.RenewedLease;
import org.laudable.labeling.SimilarTasks;
import org.laudable.labeling.UndoReply;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** The deck's side of the queue: lease, renew, answer, undo, return. */
@Authenticated
@Path("/api/v1/tasks")
@Blocking
@ForTokens(TokenAction.ANNOTATE)
class TaskResource {
    private final LabelingService labeling;
    private final SimilarTasks similar;
    private final Clock clock;

    TaskResource(LabelingService labeling, SimilarTasks similar, Clock clock) {
        this.clock = clock;
        this.labeling = labeling;
        this.similar = similar;
    }

    @POST
    @Path("/lease")
    public LeaseReply lease(@Valid @NotNull TaskRequests.Lease request) {
        return labeling.lease(request.wish());
    }

    @POST
    @Path("/renew")
    public Map<String, List<RenewedLease>> renew(@Valid @NotNull TaskRequests.Renew request) {
        return Map.of("leases", labeling.renew(request.projectId(), request.tasks()));
    }

    @POST
    @Path("/return")
    public void giveBack(@Valid @NotNull TaskRequests.Return request) {
        labeling.giveBack(request.tasks());
    }

    /** One answer: its status is the reply's. */
    @POST
    @Path("/answer")
    public AnswerReceipt answer(@Valid @NotNull TaskRequests.One request) {
        return labeling.answer(request.answer());
    }

    /** Several answers, each by itself: one that is refused does not keep the others from being recorded. */
    @POST
    @Path("/answers")
    public Map<String, List<AnswerOutcome>> answers(@Valid @NotNull TaskRequests.Answers request) {
        return Map.of("results", request.answers().stream().map(this::one).toList());
    }

    private AnswerOutcome one(TaskRequests.One sent) {
        try {
            return AnswerOutcome.of(labeling.answer(sent.answer()));
        } catch (Refused e) {
            return AnswerOutcome.refused(sent, 422, e.getMessage());
        } catch (AnswerConflict e) {
            return AnswerOutcome.refused(sent, 409, e.getMessage());
        } catch (ForbiddenException e) {
            return AnswerOutcome.refused(sent, 403, e.getMessage());
        }
    }

    @POST
    @Path("/undo")
    public UndoReply undo(@Valid @NotNull TaskRequests.Undo request) {
        return labeling.undo(request.clientId(), request.taskId(), request.deck());
    }

    /** Windows like the one of a task, leased to the asker: all answered in one pass. */
    @POST
    @Path("/similar")
    public LeaseReply similar(@Valid @NotNull TaskRequests.Similar request, @Context HttpHeaders headers) {
        Locale language = headers.getAcceptableLanguages().stream().findFirst().orElse(Locale.ROOT);
        String reason = ResourceBundle.getBundle("i18n.labeling", language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)).getString("labeling.similarReason");
        return similar.similar(request.taskId(), request.deck(), request.count(), reason);
    }

    /** @param since where the person's day began, as an ISO instant; the last 24 hours without it */
    @GET
    @Path("/progress")
    public Progress progress(@RestQuery @NotNull Long projectId, @RestQuery String since) {
        return labeling.progress(projectId, moment(since));
    }

    private Instant moment(String since) {
        try {
            return since == null ? clock.instant().minus(Duration.ofDays(1)) : Instant.parse(since);
        } catch (DateTimeParseException e) {
            throw new BadRequestException("'since' must be an instant like 2030-01-31T00:00:00Z.");
        }
    }

    @ServerExceptionMapper
    public Response conflict(AnswerConflict error) {
        return Response.status(409).type(Problem.MEDIA_TYPE).entity(Problem.of(409, error.getMessage())).build();
    }
}
