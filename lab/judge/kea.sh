# Kea's DHCP database: functions and triggers for everything
load() {
  debian_package kea-admin
  in_source psql -qXU judged -d kea -v ON_ERROR_STOP=1 -f /tmp/fetched/kea-admin/usr/share/kea/scripts/pgsql/dhcpdb_create.pgsql >>"$work/load.log" 2>&1
  fill
}
