# Holds a run that copies rows, or lets it go on, by the file that the runner looks for.
# Parameter: PAUSED  yes or no
set -euo pipefail
if ! systemctl is-active -q tsferry-run.service; then echo inactive; exit 0; fi
if [ "$PAUSED" = yes ]; then touch /var/lib/tsferry/pause; else rm -f /var/lib/tsferry/pause; fi
echo done
