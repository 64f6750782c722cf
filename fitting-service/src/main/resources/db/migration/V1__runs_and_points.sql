create table run (
    run_key      integer generated always as identity primary key,
    run_id       text not null unique,
    study_id     text not null,
    spec         text,
    planned_at   timestamptz,
    state        text,
    state_step   bigint,
    state_reason text,
    state_at     timestamptz
);

comment on column run.spec is 'RunSpec as JSON; null while events of the run came before its plan';
comment on column run.state is 'latest state told; null while none was told';

create table step_point (
    run_key           integer not null references run,
    step              bigint not null,
    tokens            double precision not null,
    compute_flops     double precision not null,
    executed_flops    double precision not null,
    loss_nats         double precision not null,
    learning_rate     double precision not null,
    gradient_norm     double precision,
    tokens_per_second double precision not null,
    at                timestamptz not null,
    primary key (run_key, step)
);

comment on table step_point is 'one row per run and optimiser step; the key makes repeated delivery harmless';

create table final_point (
    run_key           integer not null references run,
    budget_tokens     double precision not null,
    step              bigint not null,
    tokens            double precision not null,
    compute_flops     double precision not null,
    loss_nats         double precision not null,
    selected_residues bigint not null,
    at                timestamptz not null,
    primary key (run_key, budget_tokens)
);

comment on table final_point is 'held-out loss at the end of a token budget';
