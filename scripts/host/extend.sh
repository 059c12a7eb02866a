# Moves the moment at which the host ends itself to HOURS from now, and prints it in seconds since 1970.
# Needs expiry.sh in front. Parameter: HOURS
set -euo pipefail
live_until $(($(date +%s) + HOURS * 3600))
cat $expires
