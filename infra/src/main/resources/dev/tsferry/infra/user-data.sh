#!/bin/bash
# The same for every migration: a host is restarted when its user data changes. Everything else is pushed.
# Ubuntu's SSM agent is a snap, and a refresh restarts it in the middle of a run.
if command -v snap >/dev/null; then
  snap refresh --hold=168h amazon-ssm-agent || true
fi
# A host that nobody comes to prepare ends itself a day after its boot; the preparation sets its real time to live.
cat >/etc/systemd/system/tsferry-unprepared.service <<'UNIT'
[Unit]
Description=Ends a migration host that nobody prepared
ConditionPathExists=!/opt/tsferry/expires

[Service]
Type=oneshot
ExecStart=/bin/systemctl poweroff
UNIT
cat >/etc/systemd/system/tsferry-unprepared.timer <<'UNIT'
[Timer]
OnBootSec=24h

[Install]
WantedBy=timers.target
UNIT
systemctl daemon-reload
systemctl enable --now tsferry-unprepared.timer
