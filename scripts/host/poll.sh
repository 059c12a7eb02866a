# Prints where the run stands, compressed, in at most 20,000 characters: SSM cuts longer output.
# Parameter: AFTER  number of the last event that the follower has; or -N for the last N events
set -euo pipefail
state=/var/lib/tsferry
logs=/var/log/tsferry
limit=20000
if ((AFTER < 0)); then from=${AFTER#-}; else from=+$((AFTER + 1)); fi

document() {
  echo "--- host"
  # The unit first: what the runner wrote before it ended is then read for certain.
  echo "unit=$(systemctl show -p ActiveState --value tsferry-run.service)"
  echo "now=$(date -u +%s)"
  echo "prepared=$(cat /opt/tsferry/prepared 2>/dev/null)"
  echo "runner=$(readlink /opt/tsferry/runner.jar 2>/dev/null)"
  # As long as there are any, what a run changed for its own time may still be in force.
  echo "changed=$(ls $state/in-force 2>/dev/null | tr '\n' ' ')"
  echo "plan=$(sha256sum 2>/dev/null </opt/tsferry/migration.json | cut -d' ' -f1)"
  echo "expires=$(cat /opt/tsferry/expires 2>/dev/null)"
  echo "--- state"
  cat $state/state.json 2>/dev/null && echo || true
  echo "--- said"
  # What the runner says past its own log: a virtual machine that did not start, for example.
  tail -n 5 $logs/runner.out 2>/dev/null | cut -c1-300 || true
  echo "--- events"
  # Whole lines only, so many as fit; at least one, or the follower would never get past it.
  tail -n "$from" $state/events.jsonl 2>/dev/null |
    awk -v budget="$1" '{ used += length($0) + 1 } NR > 1 && used > budget { exit } { print }'
}

# Half as many events until it fits. Bytes of UTF-8 count more than characters, so this also settles that.
for budget in 120000 60000 30000 15000 7000 1; do
  answer=$(document $budget | gzip -9n | base64 -w0) || true
  ((${#answer} <= limit)) && break
done
echo "$answer"
