# shellcheck shell=bash disable=SC2154,SC2034
# Whether a target has everything that the source has. Sourced by scripts/bench.

expect_complete() { source_sql -f - <scripts/bench.d/digest.sql >"$lab/expected"; }
complete() { # where the difference goes
  target_sql -f - <scripts/bench.d/digest.sql >"$lab/found"
  diff "$lab/expected" "$lab/found" >"$1"
}
