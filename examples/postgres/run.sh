#!/usr/bin/env bash
# A PostgreSQL server of its own, used through Weir by psql and pgbench.
source "$(dirname "$0")/../lib.sh"
need psql postgresql
bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | tail -n 1)
[[ -n $bin && -x $bin/initdb ]] || { echo "SKIP $example: needs the PostgreSQL server (apt-get install postgresql)"; exit 77; }
need pgbench postgresql-contrib

free_port PG_PORT; free_port DB1_PORT
# The server refuses to run as root.
as_postgres=(env -C /)
mkdir "$work/db"
if [[ $(id -u) == 0 ]]; then
    chown postgres "$work/db"
    as_postgres+=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
"${as_postgres[@]}" "$bin/initdb" -D "$work/db/data" -U postgres -A trust --no-sync > "$work/initdb.log" 2>&1
start db1 "${as_postgres[@]}" "$bin/postgres" -D "$work/db/data" -p "$DB1_PORT" -k "$work/db" -h 127.0.0.1 -F
wait_for 60 listens "$DB1_PORT"
proxy "$PG_PORT"

export PGHOST=127.0.0.1 PGPORT=$PG_PORT PGUSER=postgres PGDATABASE=postgres PGCONNECT_TIMEOUT=10 PGSSLMODE=disable
query() { psql -XAtc "$1"; }
expect "the server answers" wait_for 60 query 'select 1'
expect_equal "a query through Weir" 42 "$(query 'select 6 * 7')"
expect_equal "a large result" "$(seq 200000 | md5sum)" "$(query 'select generate_series(1, 200000)' | md5sum)"
seq 100000 > "$work/rows"
query 'create table rows (n int)' > /dev/null
expect "COPY in" psql -Xqc "\\copy rows from '$work/rows'"
expect_equal "every row arrived" "100000 5000050000" "$(query "select count(*) || ' ' || sum(n) from rows")"
expect "pgbench -i" pgbench -i -q -s 1
expect "pgbench, 8 clients" pgbench -c 8 -j 2 -T "${SECONDS_OF_LOAD:-3}"
grep -E 'tps|failed' "$work/expect.out" | sed 's/^/  /'
expect "pgbench, a new connection for each transaction" pgbench -C -c 4 -t 50 -S
# The last log lines are written just after the last session.
logged() { [[ $(grep -c 'postgres postgres/db1' "$work/weir.log") -ge 200 ]]; }
expect "the sessions are in the log" wait_for 60 logged
# Its children are in no job of this shell: an orderly stop takes them along.
stop db1 INT
proxy_ends
