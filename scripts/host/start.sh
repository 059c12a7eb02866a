# Starts the run as an unprivileged user in a confined unit that outlives this command; its name allows one at a time.
# Needs confined.sh in front. Parameters: REGION  SOURCE_SECRET  TARGET_SECRET (ARNs)  REHEARSAL (yes or no)
set -euo pipefail
unit=tsferry-run.service
if systemctl is-active -q $unit; then echo active; exit 0; fi
options=()
if [[ $REHEARSAL == yes ]]; then options+=(--rehearsal); fi
confined $unit tsferry run "${options[@]}"
echo started
