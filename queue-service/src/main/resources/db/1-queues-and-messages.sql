-- One row of facts about this installation. The key signs receipt handles.
create table server (
  only_row integer primary key check (only_row = 1),
  receipt_key blob not null check (length(receipt_key) = 16),
  clean_shutdown integer not null check (clean_shutdown in (0, 1))
) strict;

insert into server values (1, randomblob(16), 1);

-- A queue, its ledger and its place in the sequence. A deleted queue keeps its row: the last line of its ledger.
-- Numbers are never used twice, so a message id names its queue for ever.
create table queue (
  number integer primary key autoincrement,
  account text not null,
  name text not null,
  created_at integer not null,
  modified_at integer not null,
  attributes text not null check (json_valid(attributes)),
  tags text not null check (json_valid(tags)),
  next_sequence integer not null default 1,
  delivered_through integer not null default 0,
  purged_through integer not null default 0,
  purged_at integer,
  sent integer not null default 0,
  moved_in integer not null default 0,
  deleted integer not null default 0,
  moved_out integer not null default 0,
  expired integer not null default 0,
  purged integer not null default 0,
  stock integer not null default 0 check (stock >= 0),
  changed_at integer not null,
  dropped_at integer,
  dropped_with_queue integer,
  check (sent + moved_in = deleted + moved_out + expired + purged + stock + coalesce(dropped_with_queue, 0))
) strict;

create unique index queue_by_name on queue (account, name) where dropped_at is null;

-- A stored message. Its id is the queue's number in the bits above 40 and its sequence in the queue below, so the
-- arrivals of a queue are one ascending range and need no index. Times are milliseconds since 1970.
create table message (
  id integer primary key,
  message_id blob not null check (length(message_id) = 16),
  sent_at integer not null,
  -- Set where retention does not count from sent_at, or where it is out of order among its neighbours.
  retained_from integer,
  body blob not null,
  attributes blob,
  sender text,
  trace_header text,
  group_id text,
  deduplication_id text,
  -- What a dead letter brings along.
  source_arn text,
  prior_receives integer not null default 0,
  first_received_at integer
) strict;

-- The next message of a group (FIFO and fair queues).
create index message_by_group on message (id >> 40, group_id, id) where group_id is not null;

-- Retention of messages that came from another queue; all others expire in the order of their ids.
create index message_by_retention on message (id >> 40, retained_from) where retained_from is not null;

-- What is known of a message beyond its arrival: delayed, in flight, or returned after its timeout. A message without a
-- row here has never been delivered. Small rows of their own, so that a receive does not rewrite the body.
create table delivery (
  id integer primary key,
  visible_at integer not null,
  receive_count integer not null,
  received_at integer,
  first_received_at integer,
  -- Its place among the waiting when it comes back; 0 means where it was.
  place integer not null default 0,
  -- 1: not held in memory; read when its time has come.
  parked integer not null default 0
) strict;

create index delivery_parked on delivery (id >> 40, visible_at) where parked = 1;
