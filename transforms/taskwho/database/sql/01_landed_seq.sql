-- What: the order in which rows land, exact where two versions share a stamp.
-- Grain: one number per landed row. Reads: nothing. Can run again.
create sequence if not exists taskwho.landed_seq;
