# LedgerSMB's schema: 150 tables, 700 functions, roles
load() {
  debian_package ledgersmb
  in_source psql -qXU rdsadmin -d "$database" -c 'create extension btree_gist' -c 'create extension tablefunc' -c 'create extension pg_trgm' >>"$work/load.log" 2>&1
  in_source sh -c 'cd /tmp/fetched/ledgersmb/usr/share/ledgersmb/sql && ls . modules' >>"$work/load.log"
  in_source sh -c 'cd /tmp/fetched/ledgersmb/usr/share/ledgersmb/sql && psql -qXU judged -d ledgersmb -v ON_ERROR_STOP=1 -f Pg-database.sql &&
    grep -v "^#" modules/LOADORDER | while read -r module; do [ -z "$module" ] || psql -qXU judged -d ledgersmb -f "modules/$module"; done' >>"$work/load.log" 2>&1
  fill
}
