alter table step_point alter column learning_rate drop not null;

comment on column step_point.learning_rate is 'null where an imported file does not say it';

-- A blank cell of an imported file was stored as 0, which read as a dead learning rate.
update step_point set learning_rate = null
where learning_rate = 0 and run_key in (select run_key from run where imported is not null);

-- Frontiers were published by other rules: without them, studies that are over are fitted once more.
do $$
begin
    if to_regclass('published_frontier') is not null then
        delete from published_frontier;
    end if;
end
$$;
