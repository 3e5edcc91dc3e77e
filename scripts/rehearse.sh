#!/usr/bin/env bash
# Does what a newcomer does: clones what is committed here into an empty folder and starts the hub,
# twice, with nothing of this shell's environment.
#
#     scripts/rehearse.sh [--test] [--user NAME] [--keep]
#
#   --test   run `make test` as well
#   --user   do it as another account (needs root)
#   --keep   leave the folder where it is
set -euo pipefail

from="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
with_tests='' as_user='' keep=''
while (($#)); do
  case "$1" in
    --test) with_tests=yes ;;
    --user) as_user="$2" && shift ;;
    --keep) keep=yes ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" && exit 2 ;;
  esac
  shift
done

stage="$(mktemp --directory -t nexus-rehearsal-XXXXXX)"
finish() { if [[ $keep ]]; then echo "Left in $stage."; else rm -rf "$stage"; fi; }
trap finish EXIT

mkdir "$stage/home"
git clone --quiet "file://$from" "$stage/nexus"
[[ -d $from/../shared ]] && cp -r "$from/../shared" "$stage/shared"
wrapper=(env -i HOME="$stage/home" PATH="$PATH")
if [[ $as_user ]]; then
  chown -R "$as_user:" "$stage"
  wrapper=(setpriv --reuid "$as_user" --regid "$(id -g "$as_user")" --clear-groups "${wrapper[@]}")
fi
newcomer() { (cd "$stage/nexus" && exec "${wrapper[@]}" "$@"); }

# Starts the hub, asks it for its first page, and stops it. $1 names the start.
start() {
  local begun=$SECONDS log="$stage/$1.log" address='' make
  newcomer make serve PORT=0 </dev/null >"$log" 2>&1 &
  make=$!
  until address="$(sed -n 's/^Serving on //p' "$log")" && [[ $address ]]; do
    if ! kill -0 "$make" 2>/dev/null; then
      cat "$log"
      echo "The $1 start failed."
      return 1
    fi
    sleep 0.1
  done
  python3 -c 'import sys, urllib.request as u; assert u.urlopen(sys.argv[1]).status == 200' "$address"
  sed "s/^/  | /" "$log"
  echo "The $1 start answered after $((SECONDS - begun)) s."
  # the hub runs under make, which hands the signal on to nobody
  pkill -TERM --parent "$make" || true
  wait "$make" || true
}

start first
start second
if [[ $with_tests ]]; then newcomer make test; fi
