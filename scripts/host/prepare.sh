# Makes the migration host ready: user, directories, dump volume, PostgreSQL's client, Java, RDS's authorities.
# Runs in a systemd unit of its own; may be run again at any time. Parameters, as shell variables in front:
#   CLIENT_MAJOR  major version of PostgreSQL's client programs      RDS_CA     "yes" if the source's CA is RDS's
#   VOLUME_ID     EBS volume for dumps, or empty                     PREPARED   what to write when all is done
set -euo pipefail
state=/var/lib/tsferry
logs=/var/log/tsferry

# One line as a step begins and one as it ends: what the operator sees meanwhile.
step() {
  local title=$1 begun=$SECONDS
  shift
  echo "$title ..." >>$logs/prepare.log
  note=""
  if ! "$@"; then echo "$title: failed after $((SECONDS - begun)) s" >>$logs/prepare.log; exit 1; fi
  echo "$title: done in $((SECONDS - begun)) s${note:+ ($note)}" >>$logs/prepare.log
}

first_boot() { if has cloud-init; then timeout 600 cloud-init status --wait >/dev/null || true; fi; }

# snapd would update and restart the SSM agent in the middle of a run.
hold_updates() { if has snap; then snap refresh --hold >/dev/null; else note="no snapd"; fi; }

dump_volume() {
  local device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${VOLUME_ID/-/}
  [[ -n $VOLUME_ID ]] || { note="the plan has none"; return 0; }
  if mountpoint -q $state/dump; then note="mounted already"; return 0; fi
  # A container has no volumes; anywhere else a missing one must not let the dump fill the root volume.
  if [[ ! -e $device ]] && systemd-detect-virt -cq; then note="a container has no volumes"; return 0; fi
  for ((i = 0; i < 60; i++)); do [[ -e $device ]] && break; sleep 1; done
  # Never format what holds something: 2 says that nothing at all was found on it.
  local found=0
  blkid -p "$device" >/dev/null || found=$?
  case $found in 0) ;; 2) mkfs.ext4 -q -L tsferry-dump "$device" || return 1 ;; *) return 1 ;; esac
  grep -q "^$device " /etc/fstab || echo "$device $state/dump ext4 defaults,nofail,nodev,nosuid,noexec 0 2" >>/etc/fstab
  mount $state/dump && install -d -o tsferry -g tsferry -m 0700 $state/dump
}

rds_authorities() {
  [[ $RDS_CA == yes ]] || { note="not needed"; return 0; }
  curl -fsS -m 60 -o /opt/tsferry/rds-ca.pem.new https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem &&
    mv /opt/tsferry/rds-ca.pem.new /opt/tsferry/rds-ca.pem
}

step "wait for the first boot" first_boot
step "hold updates of the SSM agent" hold_updates
step "dump volume" dump_volume
step "PostgreSQL client $CLIENT_MAJOR" postgresql_client
step "Java" java_runtime
step "authorities of Amazon RDS" rds_authorities
echo "$PREPARED" >/opt/tsferry/prepared
