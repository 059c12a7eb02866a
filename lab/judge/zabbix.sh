# Zabbix 6.0's schema with its own data
load() {
  debian_package zabbix-server-pgsql
  in_source sh -c 'cd /tmp/fetched/zabbix-server-pgsql/usr/share/zabbix-server-pgsql && zcat schema.sql.gz images.sql.gz data.sql.gz |
    psql -qXU judged -d zabbix -v ON_ERROR_STOP=1' >>"$work/load.log" 2>&1
  fill
}
