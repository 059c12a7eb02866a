# Asks the run to end: SIGTERM, which the runner answers by cancelling, SIGKILL after the unit's TimeoutStopSec.
set -euo pipefail
unit=tsferry-run.service
if ! systemctl is-active -q $unit; then echo inactive; exit 0; fi
systemctl stop --no-block $unit
echo stopping
