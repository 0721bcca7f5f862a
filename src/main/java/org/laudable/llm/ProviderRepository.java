package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.laudable.database.Sql;

/** The tables {@code llm_provider}, {@code llm_model} and {@code exchange_rate}. */
@ApplicationScoped
class ProviderRepository {
    private final Sql sql;

    ProviderRepository(Sql sql) {
        this.sql = sql;
    }

    List<Provider> all() {
        return sql.list("select * from llm_provider order by lower(name)", ProviderRepository::provider);
    }

    Optional<Provider> find(long id) {
        return sql.first("select * from llm_provider where id = ?", ProviderRepository::provider, id);
    }

    long insert(ProviderSettings it) {
        return sql.number("""
                insert into llm_provider (name, kind, base_url, api_version, currency, requests_per_minute,
                  tokens_per_minute, concurrency, timeout_seconds, month_cap_micros)
                values (?, ?, ?, ?, ?, ?::int, ?::int, ?, ?, ?::bigint) returning id""",
                it.name(), it.kind(), it.baseUrl(), it.apiVersion().orElse(null), it.currency(), boxed(it.requestsPerMinute()),
                boxed(it.tokensPerMinute()), it.concurrency(), it.timeoutSeconds(), boxed(it.monthCapMicros()));
    }

    /** Whether the row still had this version. */
    boolean update(long id, int version, ProviderSettings it) {
        return sql.update("""
                update llm_provider set version = version + 1, name = ?, kind = ?, base_url = ?, api_version = ?,
                  currency = ?, requests_per_minute = ?::int, tokens_per_minute = ?::int, concurrency = ?,
                  timeout_seconds = ?, month_cap_micros = ?::bigint,
                  tried_at = case when kind = ? and base_url = ? then tried_at end
                where id = ? and version = ?""",
                it.name(), it.kind(), it.baseUrl(), it.apiVersion().orElse(null), it.currency(), boxed(it.requestsPerMinute()),
                boxed(it.tokensPerMinute()), it.concurrency(), it.timeoutSeconds(), boxed(it.monthCapMicros()),
                it.kind(), it.baseUrl(), id, version) == 1;
    }

    void setKey(long id, byte[] cipher) {
        sql.update("update llm_provider set key_cipher = ?, version = version + 1 where id = ?", cipher, id);
    }

    Optional<byte[]> keyCipher(long id) {
        return sql.first("select key_cipher from llm_provider where id = ? and key_cipher is not null",
                row -> row.getBytes(1), id);
    }

    void setEnabled(long id, boolean enabled) {
        sql.update("update llm_provider set enabled = ?, version = version + 1 where id = ?", enabled, id);
    }

    void tried(long id) {
        sql.update("update llm_provider set tried_at = now() where id = ?", id);
    }

    List<Model> models(long providerId) {
        return sql.list("select * from llm_model where provider_id = ? order by retired, lower(name)",
                ProviderRepository::model, providerId);
    }

    Optional<Model> findModel(long id) {
        return sql.first("select * from llm_model where id = ?", ProviderRepository::model, id);
    }

    List<Model> usableModels() {
        return sql.list("""
                select m.* from llm_model m join llm_provider p on p.id = m.provider_id
                where p.enabled and not m.retired order by lower(p.name), lower(m.name)""", ProviderRepository::model);
    }

    long insertModel(long providerId, ModelSettings it) {
        return sql.number("""
                insert into llm_model (provider_id, name, input_micros, cached_input_micros, output_micros, context_tokens,
                  max_output_tokens, json_schema, logprobs, fine_tuning, temperature_zero, training_micros)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id""",
                providerId, it.name(), it.prices().inputMicros(), it.prices().cachedInputMicros(), it.prices().outputMicros(),
                it.contextTokens(), it.maxOutputTokens(), it.abilities().jsonSchema(), it.abilities().logprobs(),
                it.abilities().fineTuning(), it.abilities().temperatureZero(), it.trainingMicros());
    }

    boolean updateModel(long id, int version, ModelSettings it) {
        return sql.update("""
                update llm_model set version = version + 1, name = ?, input_micros = ?, cached_input_micros = ?,
                  output_micros = ?, context_tokens = ?, max_output_tokens = ?, json_schema = ?, logprobs = ?,
                  fine_tuning = ?, temperature_zero = ?, training_micros = ?
                where id = ? and version = ?""",
                it.name(), it.prices().inputMicros(), it.prices().cachedInputMicros(), it.prices().outputMicros(),
                it.contextTokens(), it.maxOutputTokens(), it.abilities().jsonSchema(), it.abilities().logprobs(),
                it.abilities().fineTuning(), it.abilities().temperatureZero(), it.trainingMicros(), id, version) == 1;
    }

    void setRetired(long modelId, boolean retired) {
        sql.update("update llm_model set retired = ?, version = version + 1 where id = ?", retired, modelId);
    }

    /** The newest rate that holds today. */
    Optional<ExchangeRate> rate(String from, String to) {
        return sql.first("""
                select * from exchange_rate where from_currency = ? and to_currency = ? and as_of <= current_date
                order by as_of desc, id desc limit 1""", ProviderRepository::rate, from, to);
    }

    /** For each pair of currencies the rate that holds today. */
    List<ExchangeRate> rates() {
        return sql.list("""
                select distinct on (from_currency, to_currency) * from exchange_rate where as_of <= current_date
                order by from_currency, to_currency, as_of desc, id desc""", ProviderRepository::rate);
    }

    void insertRate(ExchangeRate it, long setBy) {
        sql.update("insert into exchange_rate (from_currency, to_currency, rate, as_of, set_by) values (?, ?, ?, ?, ?)",
                it.from(), it.to(), it.rate(), it.asOf(), setBy);
    }

    private static Provider provider(ResultSet row) throws SQLException {
        ProviderSettings settings = new ProviderSettings(row.getString("name"), ProviderKind.valueOf(row.getString("kind")),
                row.getString("base_url"), Optional.ofNullable(row.getString("api_version")), row.getString("currency"),
                integer(row, "requests_per_minute"), integer(row, "tokens_per_minute"), row.getInt("concurrency"),
                row.getInt("timeout_seconds"), number(row, "month_cap_micros"));
        return new Provider(row.getLong("id"), row.getInt("version"), settings, row.getBytes("key_cipher") != null,
                row.getBoolean("enabled"), Optional.ofNullable(Sql.instant(row, "tried_at")));
    }

    private static Model model(ResultSet row) throws SQLException {
        Prices prices = new Prices(row.getLong("input_micros"), row.getLong("cached_input_micros"), row.getLong("output_micros"));
        ModelSettings settings = new ModelSettings(row.getString("name"), prices, row.getInt("context_tokens"),
                row.getInt("max_output_tokens"), new ModelSettings.Abilities(row.getBoolean("json_schema"),
                row.getBoolean("logprobs"), row.getBoolean("fine_tuning"), row.getBoolean("temperature_zero")), row.getLong("training_micros"));
        return new Model(row.getLong("id"), row.getInt("version"), row.getLong("provider_id"), settings, row.getBoolean("retired"));
    }

    private static ExchangeRate rate(ResultSet row) throws SQLException {
        return new ExchangeRate(row.getString("from_currency"), row.getString("to_currency"), row.getBigDecimal("rate"),
                row.getObject("as_of", LocalDate.class));
    }

    private static OptionalInt integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
