-- What dashboards read: no table of the service itself, so that the schema may change behind these views.

create table if not exists published_frontier (
    study_id     text primary key,
    sheet        jsonb not null,
    plateaus     jsonb not null,
    published_at timestamptz not null default now()
);

alter table published_frontier add column if not exists predictions jsonb;

comment on table published_frontier is
    'last published frontier of each study, as on the topic, the verdicts of its runs, and their sealed predictions';

create or replace view dashboard_loss as
select r.study_id,
       r.run_id,
       coalesce((r.spec::jsonb) ->> 'name', r.run_id) as run,
       avg(p.compute_flops) as compute_flops,
       avg(p.loss_nats) as loss_nats,
       avg(p.tokens) as tokens
from run r join step_point p using (run_key)
where p.compute_flops > 0
group by r.study_id, r.run_id, r.spec, floor(ln(p.compute_flops) * 16);

comment on view dashboard_loss is 'training loss, the mean of each sixteenth of a factor e of compute';

create or replace view dashboard_envelope as
select f.study_id,
       (e ->> 'computeFlops')::double precision as compute_flops,
       (e ->> 'lossNats')::double precision as loss_nats,
       (e ->> 'parameters')::double precision as parameters
from published_frontier f, jsonb_array_elements(coalesce(f.sheet -> 'envelope', '[]')) e;

create or replace view dashboard_frontier as
select f.study_id,
       (p ->> 'computeFlops')::double precision as compute_flops,
       (p -> 'nOpt' ->> 'value')::double precision as n_opt,
       (p -> 'nOpt' ->> 'low')::double precision as n_opt_low,
       (p -> 'nOpt' ->> 'high')::double precision as n_opt_high,
       (p -> 'dOpt' ->> 'value')::double precision as d_opt,
       (p -> 'dOpt' ->> 'low')::double precision as d_opt_low,
       (p -> 'dOpt' ->> 'high')::double precision as d_opt_high
from published_frontier f, jsonb_array_elements(coalesce(f.sheet -> 'line', '[]')) p;

create or replace view dashboard_outcome as
select study_id,
       coalesce(sheet ->> 'outcome', 'FITTED') as outcome,
       coalesce(sheet ->> 'reason', '') as reason,
       published_at
from published_frontier;

create or replace view dashboard_plateau as
select f.study_id,
       coalesce(p ->> 'name', p ->> 'runId') as run,
       p -> 'plateau' ->> 'verdict' as verdict,
       p -> 'plateau' ->> 'reason' as reason
from published_frontier f, jsonb_array_elements(f.plateaus) p;

create or replace view dashboard_evaluation as
select r.study_id,
       r.run_id,
       coalesce((r.spec::jsonb) ->> 'name', r.run_id) as run,
       e.name as evaluation,
       e.kind,
       m ->> 'metric' as metric,
       m ->> 'subject' as subject,
       (e.result ->> 'computeFlops')::double precision as compute_flops,
       (e.result ->> 'tokens')::double precision as tokens,
       (m ->> 'value')::double precision as value,
       (m ->> 'low')::double precision as low,
       (m ->> 'high')::double precision as high,
       e.at
from run r join run_evaluation e using (run_key), jsonb_array_elements(e.result -> 'measures') m;

comment on view dashboard_evaluation is 'what models are good for beside their loss, a row for each state and metric';

create or replace view dashboard_prediction as
select f.study_id,
       p ->> 'runId' as run_id,
       p ->> 'name' as run,
       p ->> 'family' as family,
       (p ->> 'stagePercent')::int as stage_percent,
       (p ->> 'at')::timestamptz as at,
       (p -> 'planned' ->> 'computeFlops')::double precision as compute_flops,
       (p -> 'forecast' -> 'lossNats' ->> 'value')::double precision as predicted_nats,
       (p -> 'forecast' -> 'lossNats' ->> 'low')::double precision as low_nats,
       (p -> 'forecast' -> 'lossNats' ->> 'high')::double precision as high_nats,
       (p -> 'forecast' -> 'lossNats' ->> 'level')::double precision as level,
       coalesce(p -> 'forecast' ->> 'reason', '') as reason,
       (p ->> 'outcomeNats')::double precision as actual_nats,
       (p -> 'score' ->> 'inside')::boolean as inside
from published_frontier f, jsonb_array_elements(coalesce(f.predictions, '[]')) p;

comment on view dashboard_prediction is
    'held-out losses at the end of runs as they were predicted before they came, nats per residue, and what came; as of the last fit';
