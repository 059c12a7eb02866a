# Starts the run as an unprivileged user in a confined unit that outlives this command; its name allows one at a time.
# Parameters: REGION  SOURCE_SECRET  TARGET_SECRET (ARNs)
set -euo pipefail
unit=tsferry-run.service
state=/var/lib/tsferry
logs=/var/log/tsferry
if systemctl is-active -q $unit; then echo active; exit 0; fi
# psql and pg_restore act on what the source sends: they get no privileges, no home, no device and nothing to write to
# but the run's own directories. KillMode=mixed lets the runner end its tools itself.
systemd-run --quiet --collect --unit=$unit --uid=tsferry --gid=tsferry --working-directory=$state \
  -p NoNewPrivileges=yes -p PrivateTmp=yes -p PrivateDevices=yes -p ProtectSystem=strict -p ReadWritePaths=$state \
  -p ProtectHome=yes -p ProtectKernelTunables=yes -p ProtectControlGroups=yes -p RestrictSUIDSGID=yes \
  -p CapabilityBoundingSet= -p UMask=0077 \
  -p RuntimeDirectory=tsferry -p RuntimeDirectoryMode=0700 \
  -p KillMode=mixed -p TimeoutStopSec=60 \
  -p StandardOutput=append:$logs/runner.out -p StandardError=append:$logs/runner.out \
  --setenv=AWS_REGION="$REGION" \
  --setenv=TSFERRY_SOURCE_SECRET="$SOURCE_SECRET" --setenv=TSFERRY_TARGET_SECRET="$TARGET_SECRET" \
  java -XX:+UseSerialGC -Xmx512m -jar /opt/tsferry/runner.jar run \
  --plan $state/migration.json --state $state --dump $state/dump --runtime /run/tsferry
echo started
