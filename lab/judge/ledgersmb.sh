# LedgerSMB's schema: 180 tables, 800 functions, 190 roles
load() {
  debian_package ledgersmb
  as_superuser -c 'create extension btree_gist' -c 'create extension tablefunc' -c 'create extension pg_trgm'
  # The schema, then all changes since, then its functions and roles; what a newer server refuses is passed over.
  in_source sh -c 'cd /tmp/fetched/ledgersmb/usr/share/ledgersmb/sql
    run() { PGOPTIONS="-c client_min_messages=warning" psql -qXU judged -d ledgersmb -f "$1"; }
    run Pg-database.sql
    sed "s/#.*//; s/^!//" changes/LOADORDER | while read -r change; do [ -z "$change" ] || run "changes/$change"; done
    sed "s/#.*//" modules/LOADORDER | while read -r module; do [ -z "$module" ] || run "modules/$module"; done' >>"$work/load.log" 2>&1
  fill
}
