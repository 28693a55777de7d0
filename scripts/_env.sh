# shellcheck shell=bash
# What scripts/serve and scripts/test share: system packages, the .venv, secrets of this machine.
# Sourced; leaves the working directory at the top of the project.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
mkdir -p var

say() { printf '\n\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf '%s\n' "$@" >&2 && exit 1; }

# -- System packages: collected first, so that one command installs them all ----------------------

missing=()

need_python() {
    local name
    python=
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$name
            break
        fi
    done
    if [ -z "$python" ]; then
        missing+=(python3 python3-venv)
    elif ! venv_works && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        missing+=("$([ "$python" = python3 ] && echo python3-venv || echo "$python-venv")")
    fi
}

# WeasyPrint draws through Pango and HarfBuzz.
need_pango() {
    local library
    for library in libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do
        if ! "${python:-python3}" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$library" 2>/dev/null; then
            missing+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
            return
        fi
    done
}

# Installs what is missing as root; anyone else is told the command.
install_missing() {
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        fail "Some system packages are missing. Please run this once, then start again:" "" \
            "    sudo apt-get update && sudo apt-get install --yes ${missing[*]}" ""
    fi
    say "Installing system packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    apt-get install --yes -qq --no-install-recommends "${missing[@]}" >&2
    missing=()
}

# -- The environment: .venv in the project folder ------------------------------------------------

# False for a .venv that is half made, too old, or was moved here from another folder.
venv_works() {
    grep -qsF "$PWD/.venv/bin/python" .venv/bin/pip &&
        .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# make_environment FILE: installs a requirements file unless this very file is installed already.
make_environment() {
    local stamp=.venv/installed-$1.sha256 wanted
    wanted=$(sha256sum <"$1")
    venv_works || "$python" -m venv --clear .venv
    [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
    say "Installing $1 into .venv"
    install_with_uv "$1" ||
        .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$1" >var/install.log 2>&1 ||
        fail "The packages of $1 could not be installed: is the package index within reach? More is in var/install.log."
    echo "$wanted" >"$stamp"
}

# uv does the same in a tenth of the time, where it happens to be installed and can reach its index.
install_with_uv() {
    command -v uv >/dev/null &&
        uv pip install --quiet --compile-bytecode --require-hashes --python .venv/bin/python -r "$1" 2>/dev/null
}

# -- Secrets of this machine ---------------------------------------------------------------------

# secret NAME LENGTH: random text made once, kept in var/NAME for its owner alone.
secret() {
    [ -s "var/$1" ] || (
        umask 077
        .venv/bin/python -c 'import secrets, sys; print(secrets.token_hex(int(sys.argv[1])))' "$2" >"var/$1"
    )
    cat "var/$1"
}
