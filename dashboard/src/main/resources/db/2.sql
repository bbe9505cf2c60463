-- A minute keeps its extremes, so that a day's chart hides neither a spike nor a standstill.

alter table minute add column waiting_low real;
alter table minute add column rate_in_low real;
alter table minute add column rate_in_high real;
alter table minute add column rate_out_low real;
alter table minute add column rate_out_high real;
