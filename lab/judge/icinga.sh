# Icinga: IDO, Icinga DB, Icinga Web and its Director, each in a schema of its own
load() {
  local part file
  in_source psql -qXU rdsadmin -d "$database" -c 'create extension citext' -c 'create extension pgcrypto' >>"$work/load.log" 2>&1
  for part in icinga2-ido-pgsql:icinga2-ido-pgsql/schema/pgsql.sql icingadb:icingadb/schema/pgsql/schema.sql icingaweb2:icingaweb2/schema/pgsql.schema.sql \
    icingaweb2-module-director:icingaweb2/modules/director/schema/pgsql.sql; do
    debian_package "${part%%:*}"
    as_owner -c "create schema \"${part%%:*}\""
    in_source env "PGOPTIONS=-c search_path=\"${part%%:*}\",public" psql -qXU judged -d icinga -v ON_ERROR_STOP=1 \
      -f "/tmp/fetched/${part%%:*}/usr/share/${part#*:}" >>"$work/load.log" 2>&1
  done
  fill
}
