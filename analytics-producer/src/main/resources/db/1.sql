-- The outbox: one row about this producer, and every message that the queue has not acknowledged.

create table producer (
  id               integer primary key check (id = 1),
  producer_id      text    not null,
  currency         text    not null,
  market           blob,
  generated        integer not null check (generated >= 0),
  offered_through  integer not null check (offered_through between 0 and generated),
  spare_copies     integer not null check (spare_copies >= 0),
  poison_sent      integer not null check (poison_sent >= 0),
  poison_generated integer not null check (poison_generated >= poison_sent),
  running          integer not null check (running in (0, 1)),
  rate             real    not null check (rate > 0),
  burst_remaining  integer not null check (burst_remaining >= 0),
  poison_remaining integer not null check (poison_remaining >= 0),
  clean_stop       integer not null check (clean_stop in (0, 1))
) strict;

-- Holds only what is not acknowledged, so the file stays as small as the longest outage made it.
create table outbox (
  sequence   integer primary key check (sequence > 0),
  body       text    not null,
  poison     integer not null check (poison in (0, 1)),
  maybe_sent integer not null check (maybe_sent in (0, 1))
) strict;

create table mark (
  id    integer primary key autoincrement,
  at    integer not null, -- milliseconds since 1970
  kind  text    not null,
  value real,
  text  text    not null
) strict;
