# Prints how far the preparation is: active or not, prepared or not, and the log's lines after number AFTER.
set -euo pipefail
logs=/var/log/tsferry
# The unit first: what it wrote before it ended is then read for certain.
systemctl is-active -q tsferry-prepare.service && echo active || echo inactive
echo "$(cat /opt/tsferry/prepared 2>/dev/null)"
tail -n "+$((AFTER + 1))" $logs/prepare.log 2>/dev/null | head -n 50 || true
