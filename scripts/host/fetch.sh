# Prints a part of a file of the run, compressed: the length of the whole in characters, then at most 20,000 from OFFSET.
# A file that is not there has length 0.
# Parameters: FILE (name in the state directory)  OFFSET
set -euo pipefail
if [[ ! -e /var/lib/tsferry/$FILE ]]; then echo 0; exit 0; fi
whole=$(gzip -9nc "/var/lib/tsferry/$FILE" | base64 -w0)
echo "${#whole}"
echo "${whole:OFFSET:20000}"
