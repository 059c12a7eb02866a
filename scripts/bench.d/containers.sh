# shellcheck shell=bash disable=SC2154,SC2034
# The containers of a benchmark: source, a fresh target for each run, and a client for each release of the tools.
# Sourced by scripts/bench; uses its options.

lab=$home/.lab/bench
bench=tsferry-bench-$$
started=()
PGPASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export PGPASSWORD MASTER_PASSWORD=$PGPASSWORD TSDBADMIN_PASSWORD=$PGPASSWORD

image() { scripts/lab-images "$1" | cut -d= -f2; }
start() { # name, arguments of docker run
  local name=$1
  shift
  docker rm -f "$bench-$name" >/dev/null 2>&1 || true
  docker run -d --name "$bench-$name" --hostname "$name" --network "$bench" --network-alias "$name" "$@" >/dev/null
  started+=("$bench-$name")
}
stop_containers() {
  if [ ${#started[@]} -gt 0 ]; then docker rm -f -v "${started[@]}" >/dev/null 2>&1 || true; fi
  docker network rm "$bench" >/dev/null 2>&1 || true
  [ -z "${app-}" ] || rm -rf "$app"
}
inside() { docker exec -i "$bench-$1" "${@:2}"; }
# Statements of the lab's superuser, over the socket that only "docker exec" reaches.
source_sql() { inside source psql -X -q -At -v ON_ERROR_STOP=1 -U rdsadmin -d bench "$@"; }
target_sql() { inside target psql -X -q -At -v ON_ERROR_STOP=1 -U postgres -d tsdb "$@"; }

# What is measured is a copy, so that a build beside it changes nothing.
prepare_tsferry() {
  scripts/tsferry --version >/dev/null
  commit=$(git log -1 --format=%h -- plan runner cli)
  git diff --quiet HEAD -- plan runner cli || commit+=+
  mkdir -p "$lab"
  app=$(mktemp -d "$lab/app-XXXXXX")
  cp cli/target/tsferry-cli-*.jar "$app/"
  cp -r cli/target/app/lib "$app/lib"
}

start_clients() {
  docker network create "$bench" >/dev/null
  start client -v "$home/scripts/bench.d:/bench:ro" -v "$app:/tsferry:ro" "$(image bench-client)"
  if [[ $tools == *pgcopydb-0.18* ]]; then
    start client-sid -v "$home/scripts/bench.d:/bench:ro" "$(image bench-client-sid)"
  fi
}
client_of() { case $1 in pgcopydb-0.18*) echo client-sid ;; *) echo client ;; esac; }

await() { # container, user, database
  for _ in $(seq 240); do
    # Over TCP: the image's first start answers on its socket before it is ready.
    if docker exec -e PGPASSWORD "$bench-client" psql -X -q "host=$1 user=$2 dbname=$3 sslmode=require" -c '' >/dev/null 2>&1; then return; fi
    sleep 0.25
  done
  echo "bench: the server in $bench-$1 does not answer" >&2
  exit 1
}
# The same settings on both servers, whichever tool is at work.
settings=(-c "alter system set max_wal_size = '8GB'" -c "alter system set maintenance_work_mem = '256MB'" -c 'select pg_reload_conf()')
start_source() {
  start source --shm-size 1g -e SERVER_NAME=source -e MASTER_USER=bench -e DATABASE=bench -e MASTER_PASSWORD "$(image source)"
  await source bench bench
  source_sql "${settings[@]}" >/dev/null
}
start_target() {
  start target --shm-size 1g -e SERVER_NAME=target -e TSDBADMIN_PASSWORD "$(image target)"
  await target tsdbadmin tsdb
  target_sql "${settings[@]}" >/dev/null
}
fill_source() {
  local began=$SECONDS
  echo "bench: filling the source with set $data, about $megabytes MB" >&2
  docker exec -e PGPASSWORD "$bench-client" psql -X -q -At -v ON_ERROR_STOP=1 -v megabytes="$megabytes" \
    "host=source user=bench dbname=bench sslmode=require" -f "/bench/sets/$data.sql" >/dev/null
  source_sql -c 'vacuum analyze' -c checkpoint
  source_bytes=$(source_sql -c 'select pg_database_size(current_database())')
  expect_complete
  echo "bench: $((source_bytes >> 20)) MB filled and digested in $((SECONDS - began)) s" >&2
}
