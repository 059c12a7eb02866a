# The host's time to live: a file with the moment, a timer that looks at it, and what it does. Sent in front of prepare.sh
# and of extend.sh. The timer is one of the calendar, so that it survives a reboot, and catches up after one.
expires=/opt/tsferry/expires

# Never sooner than what was promised before, unless somebody says so himself.
live_until_at_least() {
  local until=$(($(date +%s) + $1 * 3600)) promised
  promised=$(cat $expires 2>/dev/null || echo 0)
  ((promised > until)) || live_until "$until"
}

live_until() { echo "$1" >$expires.new && mv $expires.new $expires; }

install_expiry() {
  cat >/opt/tsferry/expire.sh <<'SCRIPT'
#!/bin/bash
# Ends the host when its time has come, but never under a run: then it gets a day more, to be looked at and taken down.
day=86400
now=$(date +%s)
until=$(cat /opt/tsferry/expires) || exit 1
for unit in tsferry-run tsferry-task tsferry-prepare; do
  if [[ $(systemctl show -p ActiveState --value $unit.service) == @(active|activating|deactivating|reloading) ]]; then
    if ((until < now + day)); then
      echo $((now + day)) >/opt/tsferry/expires.new && mv /opt/tsferry/expires.new /opt/tsferry/expires
      echo "$unit is active: the host lives a day longer"
    fi
    exit 0
  fi
done
if ((now >= until)); then
  echo "the time to live is over"
  exec systemctl poweroff
elif ((now >= until - day)); then
  echo "the host ends itself in $(((until - now) / 60)) minutes"
fi
SCRIPT
  cat >/etc/systemd/system/tsferry-expiry.service <<'UNIT'
[Unit]
Description=Ends the migration host when its time to live is over
[Service]
Type=oneshot
ExecStart=/bin/bash /opt/tsferry/expire.sh
UNIT
  cat >/etc/systemd/system/tsferry-expiry.timer <<'UNIT'
[Unit]
Description=Looks at the migration host's time to live
[Timer]
OnCalendar=*:0/5
Persistent=true
[Install]
WantedBy=timers.target
UNIT
  systemctl daemon-reload
  systemctl enable -q --now tsferry-expiry.timer
}
