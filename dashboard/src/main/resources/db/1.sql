-- The charts' past. "if not exists": versions before this script made the same tables without marking the file.

create table if not exists second (
  at integer primary key, -- seconds since 1970
  waiting real, delayed real, in_flight real, dead_letters real, oldest_age real,
  rate_in real, rate_out real, queue_p50 real, queue_p99 real,
  send_p50 real, send_p99 real, send_errors real
) strict;

create table if not exists minute (
  at integer primary key, -- seconds since 1970
  waiting real, delayed real, in_flight real, dead_letters real, oldest_age real,
  rate_in real, rate_out real, queue_p50 real, queue_p99 real,
  send_p50 real, send_p99 real, send_errors real
) strict;

create table if not exists mark (
  at      integer not null, -- milliseconds since 1970
  subject text    not null,
  label   text    not null,
  primary key (at, subject, label)
) strict, without rowid;

-- What a person deleted left the queue, and is not lost.
create table if not exists deleted_by_hand (
  queue      text not null,
  message_id text not null,
  primary key (queue, message_id)
) strict, without rowid;
