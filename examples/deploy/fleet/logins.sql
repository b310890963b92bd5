-- Logins of the fleet, in the roles that `apay database roles` makes. Run again, it sets their passwords.
-- psql -v worker=PASSWORD -v reader=PASSWORD -f logins.sql
select 'create role apay_worker_login login in role apay_worker'
where not exists (select from pg_roles where rolname = 'apay_worker_login') \gexec
select 'create role apay_reader_login login in role apay_reader'
where not exists (select from pg_roles where rolname = 'apay_reader_login') \gexec
alter role apay_worker_login password :'worker';
alter role apay_reader_login password :'reader';
