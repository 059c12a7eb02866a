# What the preparation installs: PostgreSQL's client programs of the right major version, and a Java runtime.
# Sent in front of prepare.sh. Parameters: CLIENT_MAJOR, and PROXY, UBUNTU_MIRROR, PGDG_MIRROR (URLs, or empty)
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt_get() { apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -y -qq "$@" </dev/null >>/var/log/tsferry/apt.log 2>&1; }
has() { command -v "$1" >/dev/null; }

# A proxy and a mirror of one's own, where the plan names them. Packages stay signed by Ubuntu and PostgreSQL.
package_sources() {
  local etc=${ETC:-/etc} file
  rm -f $etc/apt/apt.conf.d/60-tsferry
  if [[ -n $PROXY ]]; then
    printf 'Acquire::http::Proxy "%s";\nAcquire::https::Proxy "%s";\n' "$PROXY" "$PROXY" >$etc/apt/apt.conf.d/60-tsferry
    note="through $PROXY"
  fi
  [[ -n $UBUNTU_MIRROR ]] || return 0
  # 22.04 has one list, later releases have a file of another format; arm64 has hosts of its own.
  for file in $etc/apt/sources.list $etc/apt/sources.list.d/ubuntu.sources; do
    [[ ! -f $file ]] ||
      sed -i -E "s#https?://([a-z0-9.-]+[.])?(archive|security|ports)[.]ubuntu[.]com/ubuntu(-ports)?/?#$UBUNTU_MIRROR#" "$file"
  done
  note="${note:+$note, }from $UBUNTU_MIRROR"
}

download() { curl -fsS -m 30 ${PROXY:+--proxy "$PROXY"} -o "$1" "$2" 2>/dev/null; }

# PGDG has every major version and the newest fixes; its key is trusted by fingerprint, not by where it came from.
pgdg() {
  local key=/usr/share/keyrings/pgdg.asc url=${PGDG_MIRROR:-https://apt.postgresql.org/pub/repos/apt} codename
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  download /dev/null "$url/dists/$codename-pgdg/InRelease" || return 1
  has gpg || apt_get install --no-install-recommends gpg || return 1
  download $key.new "$url/ACCC4CF8.asc" || download $key.new https://www.postgresql.org/media/keys/ACCC4CF8.asc || return 1
  key_is_pgdgs $key.new || return 1
  mv $key.new $key
  echo "deb [signed-by=$key] $url $codename-pgdg main" >/etc/apt/sources.list.d/pgdg.list
  apt_get update
}

# One key and no other: apt trusts every key of the file.
key_is_pgdgs() {
  local keys
  keys=$(gpg --show-keys --with-colons "$1" 2>/dev/null) || return 1
  [[ $(grep -c '^pub:' <<<"$keys") == 1 ]] && grep -q '^fpr:*B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8:' <<<"$keys"
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
  note="no package of version $CLIENT_MAJOR or newer, $note"
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
