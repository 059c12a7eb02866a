# What the tests of PostgreSQL 15's trusted extensions leave, in one database
user_kind=superuser
load() {
  in_source sh -c 'cd /lab/regress/contrib && for extension in btree_gin btree_gist citext cube dict_int fuzzystrmatch hstore intarray isn lo ltree pg_trgm pgcrypto seg tablefunc unaccent; do
      ../pg_regress --inputdir=$extension --outputdir=/tmp --bindir=/usr/lib/postgresql/15/bin --dlpath=/usr/lib/postgresql/15/lib --host=/var/run/postgresql \
        --user=postgres --use-existing --dbname=contrib_15 $(cd $extension/sql && ls *.sql | sed "s/\.sql$//" | grep -v "init$") || true
      psql -qXU postgres -d contrib_15 -c "create extension if not exists $extension cascade"
    done' >>"$work/load.log" 2>&1
}
