# Prints the end of what the preparation's tools said, after it failed.
set -euo pipefail
tail -q -n 5 /var/log/tsferry/apt.log /var/log/tsferry/prepare.out 2>/dev/null | cut -c1-300
