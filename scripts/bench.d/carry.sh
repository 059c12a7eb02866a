#!/bin/bash
# Carries the database by one tool: runs in the client's container, prints the seconds of each phase and of all.
#   carry.sh TOOL SET JOBS MEGABYTES SOURCE-HOST:PORT TARGET-HOST:PORT
set -euo pipefail
tool=$1 data=$2 jobs=$3 megabytes=$4
from=$5 to=$6
source="host=${from%:*} port=${from#*:} dbname=bench user=bench sslmode=require"
target="host=${to%:*} port=${to#*:} dbname=tsdb user=tsdbadmin sslmode=require"
work=/tmp/work
rm -rf "$work"
mkdir "$work"

phase() { # name, command
  local began=$EPOCHREALTIME
  "${@:2}" </dev/null
  awk -v phase="$1" -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "phase %s %.2f\n", phase, b - a }'
}

# The guide's procedure, as it is written; only without its default index on time, which the source has already.
seed() {
  local dump=(pg_dump -d "$source" --format=plain --quote-all-identifiers --no-tablespaces --no-owner --no-privileges)
  local load=(psql -X -q -o /dev/null -d "$target" -v ON_ERROR_STOP=1 --echo-errors)
  phase pre-data-dump "${dump[@]}" --section=pre-data --file="$work/pre-data-dump.sql"
  phase pre-data "${load[@]}" -f "$work/pre-data-dump.sql"
  if [ "$data" = series ]; then
    phase hypertable "${load[@]}" -c "select create_hypertable('public.series', 'at', chunk_time_interval => interval '1 day', create_default_indexes => false)"
  fi
  phase dump "${dump[@]}" --data-only --file="$work/dump.sql"
  phase post-data-dump "${dump[@]}" --section=post-data --file="$work/post-data-dump.sql"
  phase load "${load[@]}" -f "$work/dump.sql"
  phase post-data "${load[@]}" -f "$work/post-data-dump.sql"
  phase analyze "${load[@]}" -c analyze
}
directory() { # --compress
  phase dump pg_dump -d "$source" -Fd -j "$jobs" --compress="$1" --no-owner --no-privileges -f "$work/dump"
  phase restore pg_restore -d "$target" -j "$jobs" --no-owner --no-privileges "$work/dump"
  phase analyze psql -X -q -d "$target" -c analyze
}
pgcopydb_clone() { # further options
  phase clone pgcopydb clone --source "$source" --target "$target" --table-jobs "$jobs" --index-jobs "$jobs" \
    --no-owner --no-acl --no-role-passwords --skip-extensions --skip-db-properties --dir "$work/pgcopydb" "$@"
}
tsferry() { # data mode, verify
  local hypertable=()
  if [ "$data" = series ]; then hypertable=(--hypertable 'public.series:at:1 day'); fi
  SOURCE="postgres://bench:$PGPASSWORD@$from/bench?sslmode=require" \
    TARGET="postgres://tsdbadmin:$PGPASSWORD@$to/tsdb?sslmode=require" \
    java -XX:+UseSerialGC -Xmx512m -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=5000 \
    -XX:Tier4CompileThreshold=40000 -XX:Tier4BackEdgeThreshold=400000 -cp '/tsferry/*:/tsferry/lib/*' dev.tsferry.cli.Main \
    run --local --no-color --no-roles --state "$work/state" --data-mode "$1" --verify "$2" --jobs "$jobs" "${hypertable[@]}" </dev/null
}

split=$((megabytes / 4))MB
began=$EPOCHREALTIME
case $tool in
  seed) seed ;;
  directory) directory none ;;
  directory-lz4) directory lz4 ;;
  pgcopydb-*-binary) pgcopydb_clone --use-copy-binary ;;
  pgcopydb-*-split) pgcopydb_clone --use-copy-binary --split-tables-larger-than "$split" ;;
  pgcopydb-*-lean) pgcopydb_clone --use-copy-binary --skip-vacuum && phase analyze psql -X -q -d "$target" -c analyze ;;
  pgcopydb-*) pgcopydb_clone ;;
  dump) tsferry dump counts ;;
  dump-unverified) tsferry dump none ;;
  stream) tsferry stream full ;;
  stream-unverified) tsferry stream none ;;
esac
awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "seconds %.2f\n", b - a }'
