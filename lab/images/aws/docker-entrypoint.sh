#!/bin/bash
# What Testcontainers' LocalStackContainer runs: starts the server and says "Ready." when it answers.
set -euo pipefail
cd /opt/lab
python3 -m tsferry_lab.server &
server=$!
trap 'kill -TERM "$server" 2>/dev/null' TERM INT
until curl -s -o /dev/null http://127.0.0.1:4566/moto-api/; do
  kill -0 "$server" 2>/dev/null || { echo "the server did not start" >&2; exit 1; }
  sleep 0.1
done
echo "Ready."
wait "$server"
