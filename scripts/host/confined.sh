# Sent in front of what starts the runner: a function that starts it in a unit of its own, confined and unprivileged.
# psql and pg_restore act on what the source sends: they get no privileges, no home, no device and nothing to write to
# but the run's own directories. KillMode=mixed lets the runner end its tools itself. Usage: confined UNIT RUNTIME
# SUBCOMMAND OPTION... with REGION, SOURCE_SECRET and TARGET_SECRET set; RUNTIME is a directory of its own on tmpfs.
state=/var/lib/tsferry
logs=/var/log/tsferry
confined() {
  local unit=$1 runtime=$2 subcommand=$3
  shift 3
  local runner="/usr/bin/env java -XX:+UseSerialGC -Xmx512m -jar /opt/tsferry/runner.jar"
  local files="--plan $state/migration.json --state $state --dump $state/dump --runtime /run/$runtime"
  # However the runner died, what it changed is undone; if it ended by itself it did that, unless a note is still there.
  local undo="/bin/bash -c '[[ \$EXIT_CODE == exited ]] && ! ls -A $state/in-force 2>/dev/null | grep -q . || exec $runner undo $files'"
  # What only looks has nothing to undo, and must not undo what a run beside it has changed.
  case $subcommand in run | rollback | undo) ;; *) undo=/bin/true ;; esac
  systemd-run --quiet --collect --unit="$unit" --uid=tsferry --gid=tsferry --working-directory=$state \
    -p NoNewPrivileges=yes -p PrivateTmp=yes -p PrivateDevices=yes -p ProtectSystem=strict -p ReadWritePaths=$state \
    -p ProtectHome=yes -p ProtectKernelTunables=yes -p ProtectControlGroups=yes -p RestrictSUIDSGID=yes \
    -p CapabilityBoundingSet= -p UMask=0077 \
    -p RuntimeDirectory="$runtime" -p RuntimeDirectoryMode=0700 \
    -p KillMode=mixed -p TimeoutStopSec=60 -p ExecStopPost="$undo" \
    -p StandardOutput=append:$logs/runner.out -p StandardError=append:$logs/runner.out \
    --setenv=AWS_REGION="$REGION" \
    --setenv=TSFERRY_SOURCE_SECRET="$SOURCE_SECRET" --setenv=TSFERRY_TARGET_SECRET="$TARGET_SECRET" \
    $runner "$subcommand" $files "$@"
}
