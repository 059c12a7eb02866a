# Eleven applications of Debian, each in a schema of its own: mail, DNS, RADIUS, backup, calendar, wiki, SIP, chat
applications='
roundcube-core usr/share/roundcube/SQL/postgres.initial.sql
pdns-backend-pgsql usr/share/pdns-backend-pgsql/schema/schema.pgsql.sql
freeradius-config etc/freeradius/3.0/mods-config/sql/main/postgresql/schema.sql etc/freeradius/3.0/mods-config/sql/main/postgresql/process-radacct.sql etc/freeradius/3.0/mods-config/sql/main/postgresql/extras/cisco_h323_db_schema.sql etc/freeradius/3.0/mods-config/sql/ippool/postgresql/schema.sql
bacula-director-pgsql usr/share/dbconfig-common/data/bacula-director-pgsql/install/pgsql
tt-rss usr/share/tt-rss/schema/ttrss_schema_pgsql.sql
ejabberd usr/share/ejabberd/sql/pg.new.sql
mediawiki usr/share/mediawiki/maintenance/postgres/tables-generated.sql usr/share/mediawiki/maintenance/postgres/tables.sql
kamailio-postgres-modules usr/share/kamailio/postgres/standard-create.sql usr/share/kamailio/postgres/presence-create.sql usr/share/kamailio/postgres/usrloc-create.sql usr/share/kamailio/postgres/topos-create.sql usr/share/kamailio/postgres/dialog-create.sql
libawl-php usr/share/awl/dba/awl-tables.sql usr/share/awl/dba/schema-management.sql
sql-ledger usr/share/sql-ledger/sql/Pg-tables.sql usr/share/sql-ledger/sql/Pg-functions.sql usr/share/sql-ledger/sql/Default-chart.sql
request-tracker5 usr/share/request-tracker5/etc/schema.Pg
'
load() {
  local package files file
  as_superuser -c 'create extension pg_trgm' -c 'create role davical_app' -c 'create role davical_dba' -c 'grant davical_app, davical_dba to judged'
  while read -r -u 3 package files; do
    [ -n "$files" ] || continue
    debian_package "$package"
    as_owner -c "create schema \"$package\""
    for file in $files; do
      # As their own documents say, piece by piece: a statement that a newer server refuses is passed over.
      in_source env "PGOPTIONS=-c search_path=\"$package\",public -c client_min_messages=warning" psql -qXU judged -d applications \
        -f "/tmp/fetched/$package/$file" >>"$work/load.log" 2>&1 || echo "$package: no $file" >>"$work/load.log"
    done
  done 3<<<"$applications"
  fill
}
