-- How long evaluations took of models of a size, the last one of each: seconds in calls of the device.
create table evaluation_time (
    hash       text             not null,
    parameters bigint           not null,
    seconds    double precision not null,
    primary key (hash, parameters)
);
