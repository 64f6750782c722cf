alter table final_point
    add column mask_nats          double precision,
    add column mask_residues      bigint,
    add column random_nats        double precision,
    add column random_residues    bigint,
    add column unchanged_nats     double precision,
    add column unchanged_residues bigint;

comment on column final_point.mask_nats is
    'mean loss on the residues that show MASK, nats; null of causal families, imported runs and evaluations of old';
comment on column final_point.random_nats is 'the same on residues that show another residue than their own';
comment on column final_point.unchanged_nats is 'the same on residues that show their own residue';
