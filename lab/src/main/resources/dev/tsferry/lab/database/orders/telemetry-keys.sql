-- Keys and indexes of the series. Every unique one holds the time column, as a hypertable needs.

-- The name that create_hypertable would give to an index of its own.
CREATE INDEX readings_ts_idx ON telemetry.readings (ts DESC);
CREATE INDEX readings_device_id_ts_idx ON telemetry.readings (device_id, ts DESC) INCLUDE (status);
CREATE INDEX "readings remarked" ON telemetry.readings (ts) WHERE remark IS NOT NULL;
ALTER TABLE telemetry.readings
  ADD CONSTRAINT readings_device_id_fkey FOREIGN KEY (device_id) REFERENCES telemetry.devices (id),
  ADD CONSTRAINT status_known CHECK (status BETWEEN 0 AND 9);

ALTER TABLE telemetry.events
  ADD PRIMARY KEY (device_id, at),
  ADD CONSTRAINT "the event's device" FOREIGN KEY (device_id) REFERENCES telemetry.devices (id)
    ON UPDATE CASCADE ON DELETE CASCADE;
CREATE INDEX events_payload_idx ON telemetry.events USING gin (payload jsonb_path_ops);
CREATE INDEX events_at_brin ON telemetry.events USING brin (at);

ALTER TABLE telemetry."Sensor Log"
  ADD CONSTRAINT "one line, once" UNIQUE ("recorded At", "line no.");
CREATE INDEX "Sensor Log by ""Message""" ON telemetry."Sensor Log" (lower("Message"), "recorded At");

ALTER TABLE telemetry.counters ADD CONSTRAINT counters_pkey PRIMARY KEY (tick, device_id);

CREATE STATISTICS telemetry.readings_device_status (dependencies, ndistinct)
  ON device_id, status FROM telemetry.readings;
ALTER TABLE telemetry.readings ALTER COLUMN device_id SET STATISTICS 400;
