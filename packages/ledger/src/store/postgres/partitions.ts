/** The tables that grow with every movement of money. */
const LARGE = ["settlement_row", "transaction_row", "row_match"] as const;

/** Fewest and most partitions that make sense. */
export const PARTITIONS = { least: 2, most: 1024, usual: 64 } as const;

function partition(table: string, count: number): string {
  const parts = Array.from(
    { length: count },
    (_none, index) =>
      `create table ${table}_p${index} partition of ${table} for values with (modulus ${count}, remainder ${index});`,
  );
  return `
do $$ begin
  if (select relkind from pg_class where oid = '${table}'::regclass) = 'p' then
    raise exception '${table} has its partitions already: they are laid once';
  end if;
end $$;
alter table ${table} rename to ${table}_whole;
create table ${table} (like ${table}_whole including defaults including storage) partition by hash (account_id);
${parts.join("\n")}
insert into ${table} select * from ${table}_whole;
do $$ declare known record; begin
  for known in
    select i.indexrelid::regclass as name, c.relname, pg_get_indexdef(i.indexrelid) as definition, i.indisprimary as is_key,
      pg_get_constraintdef(k.oid) as key
    from pg_index i join pg_class c on c.oid = i.indexrelid left join pg_constraint k on k.conindid = i.indexrelid
    where i.indrelid = '${table}_whole'::regclass
  loop
    if known.is_key then
      execute format('alter table ${table}_whole rename constraint %I to %I', known.relname, known.relname || '_whole');
      execute format('alter table ${table} add constraint %I %s', known.relname, known.key);
    else
      execute format('alter index %s rename to %I', known.name, known.relname || '_whole');
      execute replace(known.definition, '${table}_whole', '${table}');
    end if;
  end loop;
end $$;
drop table ${table}_whole;
analyze ${table};`;
}

/**
 * The SQL that lays the large tables out in partitions by account, for the owner of the tables to run with `psql` before the
 * first load: on tables with rows it copies them all, with the tables locked, and needs their size again on disk.
 *
 * By account and not by month: every question of the ledger names the account and few name a day (decisions/0014).
 *
 * @param count of partitions of each table
 * @example
 * apay database partitions --count 64 | psql "$DATABASE_URL"
 */
export function partitionsScript(count: number): string {
  return `begin;
set local lock_timeout = '10s';
${LARGE.map((table) => partition(table, count)).join("\n")}
commit;
`;
}
