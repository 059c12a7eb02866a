# shellcheck shell=bash disable=SC2154,SC2034
# The two shapes of a benchmark. Sourced by scripts/bench.

cores=$(nproc)
rest_of_cores() { if [ "$cores" -gt 2 ]; then echo "2-$((cores - 1))"; else echo "0-$((cores - 1))"; fi; }

# Puts the containers into the shape's cores, and says through which host names and ports the tools reach the servers.
apply_shape() {
  source_at=source:5432 target_at=target:5432 link=none
  if [ "$shape" = shared ]; then pin "0-$((cores - 1))" "0-$((cores - 1))" "0-$((cores - 1))"; return; fi
  [ "$cores" -gt 1 ] || { echo "bench: the shape apart needs two cores" >&2; exit 1; }
  pin 0 1 "$(rest_of_cores)"
  if emulate; then link=netem; else link=relay && start_link; fi
}
pin() { # cores of source, target, clients
  docker update --cpuset-cpus "$1" "$bench-source" >/dev/null
  docker update --cpuset-cpus "$2" "$bench-target" >/dev/null
  for name in "${started[@]}"; do
    case $name in *-client* | *-link) docker update --cpuset-cpus "$3" "$name" >/dev/null ;; esac
  done
}

# The kernel's own emulator, where it has one: half of the latency on the way into each server, half on the way out.
emulate() {
  [ "$(id -u)" = 0 ] || return 1
  if ! command -v tc >/dev/null && command -v apt-get >/dev/null; then apt-get install -y -qq iproute2 >/dev/null 2>&1 || return 1; fi
  local way delay
  delay=$(awk -v ms="$latency" 'BEGIN { printf "%dus", ms * 500 }')
  for server in source target; do
    way=$(interface_of "$server") && [ -n "$way" ] || return 1
    tc qdisc replace dev "$way" root netem delay "$delay" rate "${rate}mbit" limit 20000 2>/dev/null || return 1
    docker run --rm --cap-add NET_ADMIN --network "container:$bench-$server" -v /usr/sbin/tc:/usr/sbin/tc:ro \
      --entrypoint tc "$(image bench-client)" qdisc replace dev eth0 root netem delay "$delay" rate "${rate}mbit" limit 20000 \
      >/dev/null 2>&1 || return 1
  done
}
# The host's end of a container's network interface.
interface_of() {
  local index
  index=$(inside "$1" cat /sys/class/net/eth0/iflink)
  grep -lx "$index" /sys/class/net/*/ifindex 2>/dev/null | cut -d/ -f5
}

# Else a relay that holds each byte back. It takes CPU of its own, which is measured and shown.
start_link() {
  source_at=link:5433 target_at=link:5434
  if docker inspect "$bench-link" >/dev/null 2>&1; then return; fi
  mkdir -p "$lab/link"
  javac --release 17 -d "$lab/link" scripts/bench.d/Link.java
  start link --cpuset-cpus "$(rest_of_cores)" -v "$lab/link:/link:ro" --entrypoint java "$(image bench-client)" \
    -XX:+UseSerialGC -Xmx256m -cp /link Link "$(awk -v ms="$latency" 'BEGIN { print int(ms * 500) }')" "$rate" \
    5433=source:5432 5434=target:5432
}
