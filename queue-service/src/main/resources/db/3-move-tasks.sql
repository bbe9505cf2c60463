-- Tasks that move dead letters back, or elsewhere. The last ten of a source are kept.
create table move_task (
  id integer primary key autoincrement,
  task_id text not null unique,
  -- The queue itself, not its name: a re-created one has no tasks.
  source_number integer not null,
  source_arn text not null,
  -- Null: each message goes back to the queue it came from.
  destination_arn text,
  messages_per_second integer,
  status text not null check (status in ('RUNNING', 'COMPLETED', 'CANCELLING', 'CANCELLED', 'FAILED')),
  started_at integer not null,
  to_move integer not null,
  moved integer not null default 0,
  -- Moved, or found to be there already.
  handled integer not null default 0,
  failure_reason text
) strict;

create index move_task_by_source on move_task (source_number, id);
create index move_task_active on move_task (id) where status in ('RUNNING', 'CANCELLING');
