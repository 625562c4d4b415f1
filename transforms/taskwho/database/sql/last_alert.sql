-- What: what the last alert told.
-- Grain: one row, none before the first alert. Reads: the last alert.
select news from taskwho.last_alert
