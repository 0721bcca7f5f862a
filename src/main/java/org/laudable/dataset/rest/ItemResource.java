package org.laudable.dataset.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.laudable.api.Cursor;
import org.laudable.api.Idempotency;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ImportService;
import org.laudable.dataset.ImportState;
import org.laudable.dataset.ItemDetails;
import org.laudable.dataset.ItemFilter;
import org.laudable.dataset.ItemService;
import org.laudable.dataset.Origin;
import org.laudable.security.ForTokens;
import org.laudable.security.TokenAction;

/** Items in and out, a line of JSON each; both ways are streams, whatever their length. */
@Authenticated
@Path("/api/v1/projects/{projectId}")
@Blocking
@Tag(name = "Items")
@Produces(MediaType.APPLICATION_JSON)
class ItemResource {
    static final String LINES = "application/x-ndjson";
    private static final int PIECE = 5_000;

    private final ItemService items;
    private final ImportService imports;
    private final Idempotency idempotency;
    private final ObjectWriter writer;

    ItemResource(ItemService items, ImportService imports, Idempotency idempotency, ObjectMapper json) {
        this.items = items;
        this.imports = imports;
        this.idempotency = idempotency;
        this.writer = json.writerFor(ItemJson.class);
    }

    @GET
    @Path("/items")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "listItems", summary = "Items with their labels, in the order they came")
    public ItemJson.Page list(@RestPath long projectId, @RestQuery @Size(max = 1000) String search, @RestQuery @DefaultValue("all") String status,
            @RestQuery Long classId, @RestQuery String origin, @RestQuery @DecimalMin("0") @DecimalMax("1") Float minConfidence,
            @RestQuery @DecimalMin("0") @DecimalMax("1") Float maxConfidence, @RestQuery String cursor,
            @RestQuery @DefaultValue("100") @Min(1) @Max(Cursor.MOST) int limit) {
        ItemFilter filter = filter(search, status, classId, origin, minConfidence, maxConfidence);
        List<ItemDetails> page = items.after(projectId, filter, Cursor.read(cursor), limit);
        return new ItemJson.Page(page.stream().map(ItemJson::of).toList(), Cursor.after(page, limit, ItemDetails::id));
    }

    @GET
    @Path("/items/stream")
    @Produces(LINES)
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "streamItems", summary = "All items of a filter, a line of JSON each")
    @APIResponse(responseCode = "200", content = @Content(mediaType = LINES, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response stream(@RestPath long projectId, @RestQuery @Size(max = 1000) String search, @RestQuery @DefaultValue("all") String status,
            @RestQuery Long classId, @RestQuery String origin, @RestQuery @DecimalMin("0") @DecimalMax("1") Float minConfidence,
            @RestQuery @DecimalMin("0") @DecimalMax("1") Float maxConfidence) {
        ItemFilter filter = filter(search, status, classId, origin, minConfidence, maxConfidence);
        List<ItemDetails> first = items.after(projectId, filter, 0, PIECE);
        return Response.ok((StreamingOutput) out -> write(projectId, filter, first, out), LINES).build();
    }

    private void write(long projectId, ItemFilter filter, List<ItemDetails> first, OutputStream into) throws IOException {
        OutputStream out = new BufferedOutputStream(into, 1 << 16);
        for (List<ItemDetails> piece = first; !piece.isEmpty();
                piece = piece.size() < PIECE ? List.of() : items.after(projectId, filter, piece.getLast().id(), PIECE)) {
            for (ItemDetails one : piece) {
                out.write(writer.writeValueAsBytes(ItemJson.of(one)));
                out.write('\n');
            }
        }
        out.flush();
    }

    @GET
    @Path("/items/{itemId}")
    @ForTokens(TokenAction.READ_ITEMS)
    @Operation(operationId = "getItem", summary = "An item with its label")
    public ItemJson get(@RestPath long projectId, @RestPath long itemId) {
        return ItemJson.of(items.details(projectId, itemId));
    }

    @POST
    @Path("/items")
    @Consumes(LINES)
    @ForTokens(TokenAction.WRITE_ITEMS)
    @Operation(operationId = "addItems", summary = "Adds items in the background: a line of JSON each, up to 2 GB",
            description = "`text` is the item, `id` your own id for it, `label` a class if you know one; all other fields are kept as metadata. "
                    + "Bad lines are refused one by one and reported, or with `allOrNothing` refuse the whole.")
    @RequestBody(content = @Content(mediaType = LINES, schema = @Schema(type = SchemaType.STRING, format = "binary"),
            examples = @ExampleObject(name = "two lines", value = "{\"id\": \"a1\", \"text\": \"The invoice is wrong\"}\n{\"id\": \"a2\", \"text\": \"It crashes\", \"label\": \"bug\"}\n")))
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ItemJson.Import.class)))
    public Response add(@RestPath long projectId, InputStream lines, @RestQuery @DefaultValue("false") boolean allOrNothing,
            @RestQuery @DefaultValue("false") boolean useLabels, @RestHeader(Idempotency.HEADER) String key) throws IOException {
        MessageDigest digest = sha256();
        DataImport draft = imports.uploadLines(projectId, new DigestInputStream(lines, digest), allOrNothing, useLabels);
        return once(projectId, draft, key, Map.of("lines", HexFormat.of().formatHex(digest.digest())));
    }

    private Response once(long projectId, DataImport draft, String key, Map<String, String> request) {
        try {
            return idempotency.once(key, request, () -> {
                imports.begin(projectId, draft.id());
                return Response.accepted(ItemJson.Import.of(imports.find(projectId, draft.id())))
                        .location(URI.create("/api/v1/projects/" + projectId + "/imports/" + draft.id())).build();
            });
        } finally {
            if (imports.find(projectId, draft.id()).state() == ImportState.DRAFT) { // sent again, or refused
                imports.discard(projectId, draft.id());
            }
        }
    }

    @POST
    @Path("/imports")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @ForTokens(TokenAction.WRITE_ITEMS)
    @Operation(operationId = "importFile", summary = "Imports a file of any kind the page takes, in the background",
            description = "CSV, JSON Lines, a JSON list, Parquet, and the files of Label Studio, doccano, Prodigy, spaCy and Argilla. What it is and what its columns "
                    + "are for is recognised as on the page, from its content and the column names.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ItemJson.Import.class)))
    public Response file(@RestPath long projectId, InputStream bytes, @RestQuery @DefaultValue("file") @Size(max = 255) String fileName,
            @RestQuery @DefaultValue("false") boolean allOrNothing, @RestQuery @DefaultValue("false") boolean useLabels,
            @RestHeader(Idempotency.HEADER) String key) throws IOException {
        MessageDigest digest = sha256();
        return once(projectId, imports.uploadWhole(projectId, fileName, new DigestInputStream(bytes, digest), allOrNothing, useLabels), key,
                Map.of("file", HexFormat.of().formatHex(digest.digest())));
    }

    @GET
    @Path("/imports/{importId}")
    @ForTokens(TokenAction.WRITE_ITEMS)
    @Operation(operationId = "getImport", summary = "How far an import is")
    public ItemJson.Import progress(@RestPath long projectId, @RestPath long importId) {
        return ItemJson.Import.of(imports.find(projectId, importId));
    }

    private static ItemFilter filter(String search, String status, Long classId, String origin, Float least, Float most) {
        return new ItemFilter(search == null ? "" : search, word(ItemFilter.Status.class, status), classId,
                origin == null ? null : word(Origin.class, origin), least, most, ItemFilter.Order.FILE);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("Not a value of this filter: " + (text.length() > 40 ? text.substring(0, 40) + "…" : text));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
