# What run, test and .ci/run know of the machine. POSIX shell, sourced.

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

is_debian() { command -v apt-get >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }

# need WHAT PACKAGE...: install Debian packages as root, else print the line to type.
need() {
    what=$1
    shift
    if is_debian && is_root; then
        say "Installing $what: $*"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
            --no-install-recommends "$@"; } >/dev/null ||
            stop "Could not install $*. Try: apt-get update && apt-get install $*"
    elif is_debian; then
        stop "$what is missing. Type: sudo apt-get install $*"
    else
        stop "$what is missing. On a Mac type: brew install ${BREW:-$*}"
    fi
}

# A Python that runs and is new enough; $1 names one version, such as 3.13.
find_python() {
    wanted=${1:-}
    for name in ${wanted:+python$wanted} ${wanted:-python3 python3.13 python3.12 python3.11}; do
        for candidate in "$name" "$HOME"/.pyenv/versions/"${wanted:-3}"*/bin/"$name"; do
            "$candidate" -c "import sys; assert sys.version_info >= (3, 11)" \
                >/dev/null 2>&1 && { printf '%s' "$candidate"; return 0; }
        done
    done
    return 1
}

# make_venv FOLDER PYTHON REQUIREMENTS...: install what is pinned, once a change of it.
make_venv() {
    folder=$1 python=$2
    shift 2
    stamp=$(cat "$@" | cksum)
    [ -e "$folder/.installed" ] && [ "$(cat "$folder/.installed")" = "$stamp" ] && return 0
    if [ ! -x "$folder/bin/python" ]; then
        "$python" -m venv "$folder" 2>/dev/null || {
            rm -rf "$folder"
            BREW=python need "Python's venv module" python3-venv
            "$python" -m venv "$folder"
        }
    fi
    say "Installing the requirements into $folder (a minute or two the first time)"
    files=
    for file in "$@"; do files="$files -r $file"; done
    # shellcheck disable=SC2086 - file names of ours, without spaces
    "$folder/bin/python" -m pip install -q --disable-pip-version-check $files ||
        stop "Could not install the requirements; see the message above."
    printf '%s' "$stamp" >"$folder/.installed"
}

the_python() {
    find_python || { BREW=python@3.12 need "Python 3.11 or newer" python3 python3-venv; find_python; } ||
        stop "Python 3.11 or newer is needed."
}

# WeasyPrint loads these when it draws a certificate.
need_pango() {
    "$1/bin/python" certificates/libraries.py 2>/dev/null ||
        BREW="pango harfbuzz" need "The libraries that draw certificates" \
            libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
}

# Somebody else's program that checks our Open Badges, as tests/verifier pins it.
make_verifier() {
    command -v npm >/dev/null 2>&1 || return 1
    stamp=$(cksum <tests/verifier/package-lock.json)
    installed=tests/verifier/node_modules/.installed
    [ -e "$installed" ] && [ "$(cat "$installed")" = "$stamp" ] && return 0
    (cd tests/verifier && npm ci --silent) || return 1
    printf '%s' "$stamp" >"$installed"
}

# A server named by DATABASE_URL, or the one on this machine.
find_postgres() {
    [ -z "${DATABASE_URL:-}" ] || return 0
    command -v psql >/dev/null 2>&1 || BREW=postgresql need PostgreSQL postgresql
    if is_debian && is_root; then
        pg_lsclusters -h | while read -r version name _ status _; do
            [ "$status" = online ] || pg_ctlcluster "$version" "$name" start
        done
        password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
        runuser -u postgres -- psql -q -v ON_ERROR_STOP=1 >/dev/null <<SQL
DO \$\$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ustod_test') THEN CREATE ROLE ustod_test LOGIN CREATEDB; END IF;
END \$\$;
ALTER ROLE ustod_test PASSWORD '$password';
SQL
        export DATABASE_URL="postgres://ustod_test:$password@127.0.0.1/postgres"
    elif psql -qc 'select 1' postgres >/dev/null 2>&1; then
        export DATABASE_URL="postgres:///postgres"
    else
        stop "No PostgreSQL answers. Start it, or set DATABASE_URL=postgres://user:password@host/name."
    fi
}

# The shared cache of several machines; one named by REDIS_URL, or one on this machine.
find_redis() {
    [ -z "${REDIS_URL:-}" ] || return 0
    command -v redis-server >/dev/null 2>&1 || BREW=redis need Redis redis-server
    if ! redis-cli -p 6379 ping >/dev/null 2>&1; then
        mkdir -p var
        redis-server --port 6379 --bind 127.0.0.1 --save '' --dir var --daemonize yes >/dev/null
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            redis-cli -p 6379 ping >/dev/null 2>&1 && break
            sleep 0.2
        done
    fi
    export REDIS_URL=redis://127.0.0.1:6379
}
