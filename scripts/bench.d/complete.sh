# shellcheck shell=bash disable=SC2154,SC2034
# Whether a target has everything that the source has. Sourced by scripts/bench.

expect_complete() { source_sql -f - <scripts/bench.d/digest.sql >"$app/expected"; }
complete() { # where the difference goes
  target_sql -f - <scripts/bench.d/digest.sql >"$app/found"
  diff "$app/expected" "$app/found" >"$1"
}
