# Sent in front of what starts the runner: a function that starts it in a unit of its own, confined and unprivileged.
# psql and pg_restore act on what the source sends: they get no privileges, no home, no device, nothing to write to but
# the run's own directories, and no way to the instance's credentials. Passwords come over a socket, from a process of
# another user that has these credentials and does nothing else. KillMode=mixed lets the runner end its tools itself.
# Usage: confined UNIT RUNTIME SUBCOMMAND OPTION... with REGION, SOURCE_SECRET and TARGET_SECRET set; RUNTIME is a
# directory of its own on tmpfs.
state=/var/lib/tsferry
logs=/var/log/tsferry
java="/usr/bin/env java -XX:+UseSerialGC"
# The second compiler takes what handles rows, and not what a start runs through: two seconds less of the processor.
rows="-XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=5000 \
  -XX:Tier4CompileThreshold=40000 -XX:Tier4BackEdgeThreshold=400000"

# Systemd starts the service for each connection; only the run's user can make one.
secrets_socket() {
  local units=/run/systemd/system
  mkdir -p $units
  cat >$units/tsferry-secrets.socket <<UNIT
[Unit]
Description=Passwords for the run
[Socket]
ListenStream=/run/tsferry-secrets.socket
SocketUser=tsferry
SocketMode=0600
Accept=yes
UNIT
  cat >$units/tsferry-secrets@.service <<UNIT
[Unit]
Description=Reads one login for the run
CollectMode=inactive-or-failed
[Service]
DynamicUser=yes
StandardInput=socket
StandardOutput=socket
StandardError=journal
RuntimeMaxSec=60
NoNewPrivileges=yes
CapabilityBoundingSet=
PrivateDevices=yes
ProtectHome=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
Environment=AWS_REGION=$REGION
Environment=TSFERRY_SOURCE_SECRET=$SOURCE_SECRET
Environment=TSFERRY_TARGET_SECRET=$TARGET_SECRET
ExecStart=$java -XX:TieredStopAtLevel=1 -Xmx128m -jar /opt/tsferry/runner.jar secret
UNIT
  systemctl daemon-reload
  systemctl start tsferry-secrets.socket
}

confined() {
  local unit=$1 runtime=$2 subcommand=$3
  shift 3
  local runner="$java $rows -Xmx512m -jar /opt/tsferry/runner.jar"
  local files="--plan $state/migration.json --state $state --dump $state/dump --runtime /run/$runtime"
  # However the runner died, what it changed is undone; if it ended by itself it did that, unless a note is still there.
  local undo="/bin/bash -c '[[ \$EXIT_CODE == exited ]] && ! ls -A $state/in-force 2>/dev/null | grep -q . || exec $runner undo $files'"
  # What only looks has nothing to undo, and must not undo what a run beside it has changed.
  case $subcommand in run | rollback | undo) ;; *) undo=/bin/true ;; esac
  secrets_socket
  systemd-run --quiet --collect --unit="$unit" --uid=tsferry --gid=tsferry --working-directory=$state \
    -p NoNewPrivileges=yes -p PrivateTmp=yes -p PrivateDevices=yes -p ProtectSystem=strict -p ReadWritePaths=$state \
    -p ProtectHome=yes -p ProtectKernelTunables=yes -p ProtectControlGroups=yes -p RestrictSUIDSGID=yes \
    -p ProtectKernelModules=yes -p ProtectKernelLogs=yes -p ProtectClock=yes -p ProtectHostname=yes -p LockPersonality=yes \
    -p RestrictNamespaces=yes -p RestrictRealtime=yes -p "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX" \
    -p "InaccessiblePaths=-/var/lib/amazon -/var/snap/amazon-ssm-agent" \
    -p "IPAddressDeny=169.254.169.254 169.254.170.2 169.254.170.23 fd00:ec2::254 fd00:ec2::23" \
    -p CapabilityBoundingSet= -p UMask=0077 \
    -p RuntimeDirectory="$runtime" -p RuntimeDirectoryMode=0700 \
    -p KillMode=mixed -p TimeoutStopSec=60 -p ExecStopPost="$undo" ${at_end:+-p ExecStopPost="$at_end"} \
    -p StandardOutput=append:$logs/runner.out -p StandardError=append:$logs/runner.out \
    --setenv=AWS_REGION="$REGION" --setenv=TSFERRY_SECRETS=/run/tsferry-secrets.socket \
    --setenv=TSFERRY_SOURCE_SECRET="$SOURCE_SECRET" --setenv=TSFERRY_TARGET_SECRET="$TARGET_SECRET" \
    $runner "$subcommand" $files "$@"
}
