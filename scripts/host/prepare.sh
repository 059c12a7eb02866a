# Makes the migration host ready: time to live, settings, dump volume, PostgreSQL's client, Java, RDS's authorities.
# Runs in a systemd unit of its own; may be run again at any time. Needs expiry.sh and packages.sh in front.
# Parameters, as shell variables in front:
#   CLIENT_MAJOR  major version of PostgreSQL's client programs      RDS_CA     URL of RDS's authorities, or empty
#   VOLUME_ID     EBS volume for dumps, or empty                     PREPARED   what to write when all is done
#   TIME_TO_LIVE  hours                                              PROXY, UBUNTU_MIRROR, PGDG_MIRROR   URLs, or empty
set -euo pipefail
state=/var/lib/tsferry
logs=/var/log/tsferry

# One line as a step begins and one as it ends: what the operator sees meanwhile.
step() {
  local title=$1 begun=$SECONDS
  shift
  echo "$title ..." >>$logs/prepare.log
  note=""
  if ! "$@"; then echo "$title: failed after $((SECONDS - begun)) s${note:+ ($note)}" >>$logs/prepare.log; exit 1; fi
  echo "$title: done in $((SECONDS - begun)) s${note:+ ($note)}" >>$logs/prepare.log
}

first_boot() { if has cloud-init; then timeout 600 cloud-init status --wait >/dev/null || true; fi; }

time_to_live() {
  install_expiry && live_until_at_least "$TIME_TO_LIVE" || return 1
  note="until $(date -u -d "@$(cat $expires)" '+%F %R UTC'), unless a run is active"
}

# Snapd would update and restart the SSM agent in the middle of this; a run holds it for itself.
hold_updates() { if has snap; then snap refresh --hold=24h >/dev/null; else note="no snapd"; fi; }

# What the units of runs rely on: that a unit can be kept from the instance's credentials. A kernel without BPF ignores it.
credentials() {
  local imds=http://169.254.169.254/
  if systemd-run --quiet --wait --pipe -p IPAddressDeny=169.254.169.254 curl -s -m 2 -o /dev/null $imds; then
    note="a unit with IPAddressDeny reaches the metadata service all the same"
    return 1
  fi
}

# Idle for 350 s, a connection through a NAT gateway is forgotten, and libpq's keep-alives come every two hours by
# default: a statement that works for long and says nothing, such as an index build, would wait for ever.
# Windows of 16 MiB carry 1 Gbit/s over 120 ms, Linux's own 6 (and 4) MiB half (a third) of it.
network() {
  cat >/etc/sysctl.d/60-tsferry.conf <<'SYSCTL'
net.ipv4.tcp_keepalive_time = 60
net.ipv4.tcp_keepalive_intvl = 20
net.ipv4.tcp_keepalive_probes = 6
net.ipv4.tcp_slow_start_after_idle = 0
net.ipv4.tcp_rmem = 4096 131072 16777216
net.ipv4.tcp_wmem = 4096 131072 16777216
SYSCTL
  sysctl -q -p /etc/sysctl.d/60-tsferry.conf 2>>$logs/prepare.out && return
  if systemd-detect-virt -cq; then note="not in a container"; else return 1; fi
}

dump_volume() {
  local device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${VOLUME_ID/-/}
  [[ -n $VOLUME_ID ]] || { note="the plan has none"; return 0; }
  if mountpoint -q $state/dump; then note="mounted already"; return 0; fi
  # A container has no volumes; anywhere else a missing one must not let the dump fill the root volume.
  if [[ ! -e $device ]] && systemd-detect-virt -cq; then note="a container has no volumes"; return 0; fi
  for ((i = 0; i < 60; i++)); do [[ -e $device ]] && break; sleep 1; done
  usable_volume "$device" || return 1
  grep -q "^$device " /etc/fstab || echo "$device $state/dump ext4 defaults,nofail,nodev,nosuid,noexec 0 2" >>/etc/fstab
  mount $state/dump && install -d -o tsferry -g tsferry -m 0700 $state/dump
}

# Never format what holds something: 2 says that nothing at all was found on it. What is ours has our label.
usable_volume() {
  local found=0
  blkid -p "$1" >/dev/null || found=$?
  case $found in
    0) [[ $(blkid -p -s LABEL -o value "$1") == tsferry-dump ]] || { note="$1 holds something that is not tsferry's"; return 1; } ;;
    2) mkfs.ext4 -q -L tsferry-dump "$1" ;;
    *) note="what $1 holds can't be told"; return 1 ;;
  esac
}

rds_authorities() {
  [[ -n $RDS_CA ]] || { note="not needed"; return 0; }
  curl -fsS -m 60 ${PROXY:+--proxy "$PROXY"} -o /opt/tsferry/rds-ca.pem.new "$RDS_CA" || return 1
  grep -q 'BEGIN CERTIFICATE' /opt/tsferry/rds-ca.pem.new || { note="$RDS_CA is no certificate"; return 1; }
  mv /opt/tsferry/rds-ca.pem.new /opt/tsferry/rds-ca.pem
}

step "wait for the first boot" first_boot
step "time to live" time_to_live
step "hold updates of the SSM agent" hold_updates
step "keep runs from the instance's credentials" credentials
step "network settings" network
step "dump volume" dump_volume
step "package sources" package_sources
step "PostgreSQL client $CLIENT_MAJOR" postgresql_client
step "Java" java_runtime
step "authorities of Amazon RDS" rds_authorities
echo "$PREPARED" >/opt/tsferry/prepared
