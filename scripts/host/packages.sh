# What the preparation installs: PostgreSQL's client programs of the right major version, and a Java runtime.
# Sent in front of prepare.sh.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt_get() { apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -y -qq "$@" </dev/null >>/var/log/tsferry/apt.log 2>&1; }
has() { command -v "$1" >/dev/null; }

# PGDG has every major version and the newest fixes; its key is trusted by fingerprint, not by where it came from.
pgdg() {
  local key=/usr/share/keyrings/pgdg.asc url=https://apt.postgresql.org/pub/repos/apt codename
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  curl -fsS -m 20 -o /dev/null "$url/dists/$codename-pgdg/InRelease" 2>/dev/null || return 1
  has gpg || apt_get install --no-install-recommends gpg || return 1
  curl -fsS -m 30 -o $key.new https://www.postgresql.org/media/keys/ACCC4CF8.asc || return 1
  gpg --show-keys --with-colons $key.new | grep -q '^fpr:*B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8:' || return 1
  mv $key.new $key
  echo "deb [signed-by=$key] $url $codename-pgdg main" >/etc/apt/sources.list.d/pgdg.list
  apt_get update
}

candidate() { apt-cache policy "$1" | grep -q 'Candidate: [0-9]'; }

postgresql_client() {
  if [[ -x /usr/lib/postgresql/$CLIENT_MAJOR/bin/pg_dump ]]; then note="$CLIENT_MAJOR is there already"; return 0; fi
  note="from PGDG"
  pgdg || { note="PGDG not reachable, from the distribution"; apt_get update || true; }
  # A newer client dumps an older server; that it isn't newer than the target is checked by the run's preflight.
  for ((major = CLIENT_MAJOR; major < CLIENT_MAJOR + 8; major++)); do
    if candidate "postgresql-client-$major"; then
      apt_get install --no-install-recommends "postgresql-client-$major" && note="$major $note"
      return
    fi
  done
  return 1
}

java_runtime() {
  local installed
  installed=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' || true)
  if ((${installed:-0} >= 17)); then note="$installed is there already"; return 0; fi
  candidate openjdk-17-jre-headless || apt_get update || true
  for version in 21 17 25; do
    candidate "openjdk-$version-jre-headless" || continue
    apt_get install --no-install-recommends "openjdk-$version-jre-headless" && note=$version
    return
  done
  return 1
}
