# Starts the preparation of the host in a unit that outlives this command, unless it is done or under way.
# Parameters: PREPARED  hash of what is asked for      PREPARATION  the script, base64
set -euo pipefail
state=/var/lib/tsferry
logs=/var/log/tsferry
id tsferry >/dev/null 2>&1 || useradd --system --user-group --home-dir $state --shell /usr/sbin/nologin tsferry
install -d -o root -g root -m 0755 /opt/tsferry
# What root writes lies where the unprivileged user can't put a link in its place.
install -d -o root -g root -m 0755 $logs
install -d -o tsferry -g tsferry -m 0700 $state
mountpoint -q $state/dump || install -d -o tsferry -g tsferry -m 0700 $state/dump
if [[ $(cat /opt/tsferry/prepared 2>/dev/null) == "$PREPARED" ]]; then echo prepared; exit 0; fi
if systemctl is-active -q tsferry-prepare.service; then echo started; exit 0; fi
: >$logs/prepare.log
base64 -d <<<"$PREPARATION" >/opt/tsferry/prepare.sh
systemd-run --quiet --collect --unit=tsferry-prepare.service -p RuntimeMaxSec=1800 \
  -p StandardOutput=append:$logs/prepare.out -p StandardError=append:$logs/prepare.out \
  bash /opt/tsferry/prepare.sh
echo started
