-- When a message came here from another queue; null where it was sent here.
alter table message add column moved_at integer;

-- FIFO: whether deduplication ids are told apart by group. It stays as it was when the queue was created.
alter table queue add column deduplicates_per_group integer not null default 0 check (deduplicates_per_group in (0, 1));

-- What FIFO queues accepted in the last minutes: rows in the order of their time, deleted from the front. A fingerprint
-- is 128 bits of queue, scope and deduplication id.
create table deduplication (
  id integer primary key,
  high integer not null,
  low integer not null,
  expires_at integer not null,
  message_id blob not null check (length(message_id) = 16),
  message_key integer not null,
  -- 1: found by the index below, because memory holds no more.
  spilled integer not null default 0
) strict;

create index deduplication_spilled on deduplication (high) where spilled = 1;
