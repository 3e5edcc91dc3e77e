# Find out what the machine lacks for the tests, and install it where that is allowed.
# Quoted from .ci/run#L13-L31

missing=()
have git || missing+=(git)
have make || missing+=(make)
have ssh || missing+=(openssh-client)
have redis-server || missing+=(redis-server)
have_postgresql || missing+=(postgresql)
have_browser || missing+=(chromium)

if ((${#missing[@]})); then
  if ((EUID)); then as_root=(sudo --non-interactive); else as_root=(); fi
  echo "Installing ${missing[*]}."
  {
    "${as_root[@]}" apt-get update -qq &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  } || echo "Not everything could be installed: PyPI's PostgreSQL will do, and before Python 3.13 its Redis; a missing browser or ssh will not."
fi

failed=0
