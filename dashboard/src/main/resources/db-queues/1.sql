create table queue (
  queue integer primary key,
  name text not null unique
) strict;

-- When all queues were looked at, in epoch seconds; between looks nothing is known.
create table look (at integer primary key) strict;

-- A queue at a look, where it was not as at the look before. What came and left counts since the queue was created.
create table depth (
  queue integer not null,
  at integer not null,
  waiting integer not null,
  in_flight integer not null,
  delayed integer not null,
  came integer not null,
  "left" integer not null,
  primary key (queue, at)
) strict, without rowid;

create index depth_by_time on depth (at);
