# PostgreSQL 15's own regression database, as its tests leave it
user_kind=superuser
database=regression
prepare() { in_source dropdb -U rdsadmin regression; }
load() {
  in_source sh -c 'cd /lab/regress && ./pg_regress --inputdir=. --outputdir=/tmp --bindir=/usr/lib/postgresql/15/bin --dlpath=/lab/regress \
    --host=/var/run/postgresql --user=postgres --schedule=parallel_schedule --max-concurrent-tests=20' >>"$work/load.log" 2>&1 || true
  in_source psql -qXU rdsadmin -d regression -c 'select 1' >/dev/null
}
