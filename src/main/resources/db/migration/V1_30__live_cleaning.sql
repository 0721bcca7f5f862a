-- Anomalies that nobody judged are dropped after a while, the oldest first.
create index live_anomaly_unjudged on live_anomaly (found_at) where meaning is null;
