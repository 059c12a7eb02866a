# Starts a short task of the runner in a confined unit that outlives this command, unless one is under way.
# Needs confined.sh in front. Parameters: REGION  SOURCE_SECRET  TARGET_SECRET (ARNs)  TASK  TASK_OPTION (words, or empty)
set -euo pipefail
unit=tsferry-task.service
if systemctl is-active -q $unit; then echo active; exit 0; fi
# What only looks may look at a run.
if [[ $TASK != check && $TASK != compare ]] && systemctl is-active -q tsferry-run.service; then echo running; exit 0; fi
# The answer of a task before is not this one's.
rm -f $state/answer.json
# shellcheck disable=SC2086 # words of ours, without anything to quote
confined $unit tsferry-task "$TASK" $TASK_OPTION
echo started
