# shellcheck shell=bash disable=SC2154,SC2034
# One run of one tool, and the line that is kept of it. Sourced by scripts/bench.

results() { echo "$lab/$data-$megabytes-$shape.jsonl"; }
# Keeps them, but no report reads them any more.
forget_results() { if [ -f "$(results)" ]; then mv "$(results)" "$(results).$(date -u +%Y%m%dT%H%M%S)"; fi; }
version_of() {
  case $1 in
    dump* | stream*) echo "tsferry $commit" ;;
    pgcopydb*) inside "$(client_of "$1")" dpkg-query -W -f "pgcopydb \${Version}" pgcopydb ;;
    *) inside client dpkg-query -W -f "PostgreSQL \${Version}" postgresql-client-17 ;;
  esac
}
# Under what conditions a result may stand beside another.
conditions() { # tool
  printf '"tool": "%s", "version": "%s", "set": "%s", "megabytes": %s, "shape": "%s", "jobs": %s, "latency": %s, "rate": %s' \
    "$1" "$(version_of "$1")" "$data" "$megabytes" "$shape" "$jobs" "$latency" "$rate"
}
measured() { # tool
  local file
  file=$(results)
  if [ -f "$file" ]; then grep -cF "{$(conditions "$1")," "$file" || true; else echo 0; fi
}

# CPU seconds that a container has used.
cpu_of() {
  # shellcheck disable=SC2016
  inside "$1" bash -c 'if [ -r /sys/fs/cgroup/cpuacct/cpuacct.usage ]; then echo "$(</sys/fs/cgroup/cpuacct/cpuacct.usage)000"
    else while read -r key value; do [ "$key" = usage_usec ] && echo "${value}000000"; done </sys/fs/cgroup/cpu.stat; fi' |
    awk '{ printf "%.2f", $1 / 1e12 }'
}
# CPU seconds of the whole machine, busy or stolen.
cpu_of_machine() { awk -v hz="$(getconf CLK_TCK)" '$1 == "cpu" { printf "%.2f", ($2 + $3 + $4 + $7 + $8 + $9) / hz }' /proc/stat; }
cpu_all() {
  local line=
  for name in source target "$client" link; do
    if docker inspect "$bench-$name" >/dev/null 2>&1; then line+=" $(cpu_of "$name")"; else line+=" 0"; fi
  done
  echo "$line $(cpu_of_machine)"
}
sample() { # start or stop, and print the peaks of client, source and target
  for name in "$client" source target; do
    case $1 in
      start) docker exec -u 0 -d "$bench-$name" bash -c "$(cat scripts/bench.d/sample-memory)" ;;
      stop) inside "$name" bash -c 'touch /tmp/stop; cat /tmp/peak' ;;
    esac
  done
}
# What the target's server has written, by its own counters, once all is on disk: WAL, pages, temporary files. A
# container's block counters would miss what the kernel writes later (cgroup v1), and the machine's hold other work.
written_by_target() {
  target_sql -c checkpoint -c "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
    + (select sum(coalesce(writes, 0) * op_bytes)::bigint from pg_stat_io) + (select sum(temp_bytes)::bigint from pg_stat_database)"
}
written_by_client() { inside "$client" du -sb /tmp/work | cut -f1; }

measure() { # tool
  local tool=$1 client log before after peaks written complete seconds
  client=$(client_of "$tool")
  log=$lab/logs/$data-$megabytes-$shape-$tool-$(date -u +%Y%m%dT%H%M%S)
  mkdir -p "$lab/logs"
  start_target
  apply_shape
  source_sql -c checkpoint
  written=$(written_by_target)
  sample start
  before=$(cpu_all)
  # shellcheck disable=SC2086
  docker exec -e PGPASSWORD "$bench-$client" /bench/carry.sh "$tool" "$data" "$jobs" "$megabytes" $source_at $target_at \
    >"$log" 2>&1 || echo failed >>"$log"
  after=$(cpu_all)
  mapfile -t peaks < <(sample stop)
  written=$(($(written_by_target) - written))
  seconds=$(awk '$1 == "seconds" { print $2 }' "$log")
  if [ -z "$seconds" ]; then
    echo "bench: $tool failed, see $log:" >&2
    tail -5 "$log" >&2
    return
  fi
  complete=true
  if ! complete "$log.differences"; then
    complete=false
    echo "bench: $tool's copy is not complete, see $log.differences" >&2
  fi
  line=$(awk -v before="$before" -v after="$after" '
    BEGIN { split(before, b); n = split(after, a); split("source target tool link other", name)
      for (i = 1; i < n; i++) { used = a[i] - b[i]; all += used; printf "\"cpu_%s\": %.2f, ", name[i], used }
      printf "\"cpu_other\": %.2f", a[n] - b[n] - all }')
  # The last form is that of tsferry's own lines: 16:00:44 copy   done in 2.4 s: ...
  phases=$(awk '$1 == "phase" { name = $2; took = $3 } $3 == "done" && $4 == "in" { name = $2; took = $5 }
    /every row is on the target after/ { name = "rows"; took = $10 }
    name { printf "%s\"%s\": %s", comma, name, took; comma = ", "; name = "" }' "$log")
  printf '{%s, "at": "%s", "seconds": %s, "complete": %s, %s, "peak_tool": %s, "peak_source": %s, "peak_target": %s, "written_target": %s, "written_tool": %s, "source_bytes": %s, "cores": %s, "link": "%s", "phases": {%s}}\n' \
    "$(conditions "$tool")" "$(date -u +%FT%TZ)" "$seconds" "$complete" "$line" "${peaks[0]}" "${peaks[1]}" "${peaks[2]}" \
    "$written" "$(written_by_client)" "$source_bytes" "$cores" "$link" "$phases" >>"$(results)"
  echo "$data $shape $tool: $seconds s, complete: $complete, CPU$(awk -v b="$before" -v a="$after" 'BEGIN { split(b, x); split(a, y)
    printf " source %.1f target %.1f tool %.1f link %.1f", y[1] - x[1], y[2] - x[2], y[3] - x[3], y[4] - x[4] }')"
}
