# Starts the run as an unprivileged user in a confined unit that outlives this command; its name allows one at a time.
# Needs confined.sh in front. Parameters: REGION  SOURCE_SECRET  TARGET_SECRET (ARNs)  REHEARSAL (yes or no)
set -euo pipefail
unit=tsferry-run.service
if systemctl is-active -q $unit; then echo active; exit 0; fi
options=()
if [[ $REHEARSAL == yes ]]; then options+=(--rehearsal); fi
# Snapd would update and restart the SSM agent in the middle of the run; the unit lets it again, however the run ends.
if command -v snap >/dev/null; then
  snap refresh --hold >/dev/null
  at_end="+-$(command -v snap) refresh --unhold"
fi
confined $unit tsferry run "${options[@]}"
echo started
