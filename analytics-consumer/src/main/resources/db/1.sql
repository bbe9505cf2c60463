-- The consumer's database, version 1 (pragma user_version). Written by analytics-consumer alone; the dashboard reads it.
-- Every column ending in _at, and computed_up_to and the _from columns, is Unix time in milliseconds. Every _minor column is in minor
-- units of the currency (cents). Readers want the views at the end.

-- A producer, numbered so that an identity costs a few bytes instead of a UUID.
-- applied counts every identity ever applied, kept or compacted. How many of them have sequence <= N, cheaply:
--   applied - (rows of processed_event with sequence > N) - (sequences of processed_range above N).
create table producer (
  producer_no integer primary key,
  producer_id text not null unique check (length(producer_id) = 36),
  applied integer not null default 0 check (applied >= 0),
  duplicates_absorbed integer not null default 0 check (duplicates_absorbed >= 0),
  highest_sequence integer not null default 0
) strict;

-- What aggregates are about: a product (subject_key is its sku) or a category (its name), in one currency.
-- product_name and category are those of the product's last event; null on a category.
create table subject (
  subject_no integer primary key,
  kind text not null check (kind in ('product', 'category')),
  subject_key text not null,
  currency text not null check (length(currency) = 3),
  product_name text,
  category text,
  unique (kind, subject_key, currency),
  check ((kind = 'product') = (product_name is not null and category is not null))
) strict;

-- The proof that an event was applied, and the event itself while it is inside the kept window.
-- An event is applied where, and only where, its row is inserted here. sent_at is the queue's SentTimestamp.
create table processed_event (
  producer_no integer not null references producer,
  sequence integer not null check (sequence >= 1),
  product_no integer not null references subject,
  category_no integer not null references subject,
  occurred_at integer not null,
  price_minor integer not null check (price_minor >= 0),
  previous_price_minor integer not null check (previous_price_minor >= 0),
  reason text not null check (reason in ('MARKET', 'PROMOTION_START', 'PROMOTION_END', 'RESTOCK')),
  sent_at integer,
  applied_at integer not null,
  session_no integer not null,
  primary key (producer_no, sequence)
) strict, without rowid;

-- Serves the latest events and the compaction, which goes by event time.
create index processed_event_by_time on processed_event (occurred_at);

-- Identities behind the kept window: exact, as ranges of sequences (both ends included, neither overlapping nor touching).
create table processed_range (
  producer_no integer not null references producer,
  first_sequence integer not null check (first_sequence >= 1),
  last_sequence integer not null,
  primary key (producer_no, first_sequence),
  check (first_sequence <= last_sequence)
) strict, without rowid;

-- One summary of the prices of one subject: over all time, by hour, by minute (starts_at is the hour or minute in UTC; 0 otherwise),
-- and 'behind': over the compacted events only, so that all = behind + kept can be recomputed.
-- The sums are decimal text: one square of the highest price (10^12) already needs 80 bits, and text stays exact and readable.
-- first and last are ordered by (occurred_at, producer_id, sequence), whatever the order of arrival.
-- mean_minor and standard_deviation_minor (of the population) are derived from the exact sums for readers.
create table aggregate (
  span text not null check (span in ('all', 'behind', 'hour', 'minute')),
  subject_no integer not null references subject,
  starts_at integer not null,
  event_count integer not null check (event_count >= 1),
  sum_minor text not null,
  sum_squares text not null,
  first_at integer not null,
  first_producer_no integer not null,
  first_sequence integer not null,
  first_price_minor integer not null,
  last_at integer not null,
  last_producer_no integer not null,
  last_sequence integer not null,
  last_price_minor integer not null,
  min_price_minor integer not null,
  max_price_minor integer not null,
  mean_minor real not null,
  standard_deviation_minor real not null,
  primary key (span, subject_no, starts_at),
  check (first_at <= last_at and min_price_minor <= max_price_minor)
) strict, without rowid;

-- A message the consumer refused: the last 10,000. It stays in the queue, which retries and then dead-letters it.
-- producer_id and sequence come from the message's attributes and are null where it had none that could be read.
create table failure (
  failure_no integer primary key,
  message_id text not null unique,
  producer_id text,
  sequence integer,
  receive_count integer not null,
  reason text not null check (length(reason) <= 500),
  body_start text not null check (length(body_start) <= 200),
  consumer text not null,
  first_refused_at integer not null,
  last_refused_at integer not null
) strict;

-- Serves the newest failures first.
create index failure_by_time on failure (last_refused_at);

-- One run of one consumer process. Without ended_at it runs, or it crashed at its last heartbeat (one a second).
create table session (
  session_no integer primary key,
  consumer text not null,
  pid integer not null,
  process_started_at integer not null,
  port integer not null,
  started_at integer not null,
  heartbeat_at integer not null,
  state text not null check (state in ('starting', 'running', 'paused', 'waiting-for-queue', 'queue-unreachable', 'stopping', 'stopped', 'crashed')),
  state_since integer not null,
  ended_at integer,
  last_commit_at integer,
  applied integer not null default 0,
  duplicates_absorbed integer not null default 0,
  failures integer not null default 0,
  check ((ended_at is null) = (state not in ('stopped', 'crashed')))
) strict;

-- What to mark on a chart. A crash is written by the next start of the same consumer; the view consumer_mark shows it before that.
create table mark (
  mark_no integer primary key,
  at integer not null,
  consumer text not null,
  session_no integer not null references session,
  kind text not null check (kind in ('start', 'stop', 'pause', 'resume', 'crash'))
) strict;

-- Serves the marks of a stretch of time.
create index mark_by_time on mark (at);

-- One row: totals over all consumers and all time, and how far the windows reach back.
-- computed_up_to is the latest event time applied. kept_events counts the rows of processed_event. Events before kept_from are compacted; minutes before minutes_from and hours
-- before hours_from are no longer kept.
create table progress (
  id integer primary key check (id = 1),
  applied integer not null default 0,
  duplicates_absorbed integer not null default 0,
  failures integer not null default 0,
  computed_up_to integer,
  last_commit_at integer,
  kept_events integer not null default 0 check (kept_events >= 0),
  kept_from integer not null default 0,
  minutes_from integer not null default 0,
  hours_from integer not null default 0
) strict;

insert into progress (id) values (1);

-- Prices by minute and by hour, for charts: where unit = 'minute' and kind = 'product' and subject_key = :sku and currency = :currency
-- and starts_at >= :from order by starts_at.
create view bar as
  select s.kind, s.subject_key, s.currency, a.span as unit, a.starts_at,
         a.first_price_minor as open_minor, a.max_price_minor as high_minor, a.min_price_minor as low_minor,
         a.last_price_minor as close_minor, a.event_count, a.mean_minor, a.standard_deviation_minor
    from aggregate a
    join subject s on s.subject_no = a.subject_no
   where a.span in ('minute', 'hour');

-- Products over all time. The price of five minutes (an hour) ago is the close of the last minute that ended by then, counted back from
-- computed_up_to; null where the product is younger. The changes are ratios: 0.05 is 5 % up.
create view product_summary as
  with priced as (
    select s.subject_no, s.subject_key as sku, s.product_name, s.category, s.currency,
           a.event_count, a.first_at, a.first_price_minor, a.last_at, a.last_price_minor,
           a.min_price_minor, a.max_price_minor, a.mean_minor, a.standard_deviation_minor,
           case when a.last_at <= p.computed_up_to - 300000 then a.last_price_minor else (
             select m.last_price_minor
               from aggregate m
              where m.span = 'minute' and m.subject_no = s.subject_no and m.starts_at <= p.computed_up_to - 360000
              order by m.starts_at desc
              limit 1) end as price_5_minutes_ago_minor,
           case when a.last_at <= p.computed_up_to - 3600000 then a.last_price_minor else (
             select m.last_price_minor
               from aggregate m
              where m.span = 'minute' and m.subject_no = s.subject_no and m.starts_at <= p.computed_up_to - 3660000
              order by m.starts_at desc
              limit 1) end as price_hour_ago_minor
      from subject s
      join aggregate a on a.span = 'all' and a.subject_no = s.subject_no and a.starts_at = 0
      cross join progress p
     where s.kind = 'product'
  )
  select *,
         1.0 * (last_price_minor - first_price_minor) / nullif(first_price_minor, 0) as change_since_first,
         1.0 * (last_price_minor - price_5_minutes_ago_minor) / nullif(price_5_minutes_ago_minor, 0) as change_5_minutes,
         1.0 * (last_price_minor - price_hour_ago_minor) / nullif(price_hour_ago_minor, 0) as change_hour
    from priced;

-- Categories over all time. first and last are the prices of the category's first and last event; the changes are the mean of its
-- products' changes, since one product's price says nothing about another's.
create view category_summary as
  select s.subject_no, s.subject_key as category, s.currency,
         a.event_count, a.first_at, a.first_price_minor, a.last_at, a.last_price_minor,
         a.min_price_minor, a.max_price_minor, a.mean_minor, a.standard_deviation_minor,
         c.products, c.change_since_first, c.change_5_minutes, c.change_hour
    from subject s
    join aggregate a on a.span = 'all' and a.subject_no = s.subject_no and a.starts_at = 0
    left join (
      select category, currency, count(*) as products, avg(change_since_first) as change_since_first,
             avg(change_5_minutes) as change_5_minutes, avg(change_hour) as change_hour
        from product_summary
       group by category, currency) c on c.category = s.subject_key and c.currency = s.currency
   where s.kind = 'category';

-- The events of the kept window with their names: order by occurred_at desc limit 50.
create view kept_event as
  select e.producer_no, p.producer_id, e.sequence, s.subject_key as sku, s.product_name, c.subject_key as category, s.currency,
         e.price_minor, e.previous_price_minor, e.reason, e.occurred_at, e.sent_at, e.applied_at, e.session_no
    from processed_event e
    join producer p on p.producer_no = e.producer_no
    join subject s on s.subject_no = e.product_no
    join subject c on c.subject_no = e.category_no;

-- Sessions as they are now: silent for more than five seconds without an end means crashed at the last heartbeat.
create view consumer_session as
  select session_no, consumer, pid, port, started_at, heartbeat_at,
         case when silent then 'crashed' else state end as state,
         case when silent then heartbeat_at else state_since end as state_since,
         case when silent then heartbeat_at else ended_at end as ended_at,
         last_commit_at, applied, duplicates_absorbed, failures
    from (select *, ended_at is null and heartbeat_at < unixepoch('subsec') * 1000 - 5000 as silent from session);

-- Marks with the crashes that no later start has recorded yet.
create view consumer_mark as
  select at, consumer, session_no, kind from mark
  union all
  select heartbeat_at, consumer, session_no, 'crash'
    from session
   where ended_at is null and heartbeat_at < unixepoch('subsec') * 1000 - 5000;
