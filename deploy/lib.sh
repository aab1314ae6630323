# shellcheck shell=bash
# What the scripts of this folder share: words on the screen, Debian's packages, the build. Sourced.

# The Debian packages that the service is built from and runs with.
# shellcheck disable=SC2034 # read by the scripts that source this file
service_packages=(
    git pkg-config libc6-dev
    postgresql libpq-dev libzint-dev libxlsxwriter-dev libzip-dev libcurl4-openssl-dev
    fonts-inter bootstrap-icons libjs-chart.js weasyprint libvips-tools
)
# What the tests need beside them: a real browser, a reader of barcodes on a page, a place for Python's packages.
# shellcheck disable=SC2034
test_packages=(chromium zbar-tools poppler-utils python3-venv util-linux)

say() { printf '%s\n' "==> $*"; }

# refuse WHAT WHY NOW: the three things that a person needs to go on.
refuse() {
    printf '\n%s\n  %s\n  %s\n' "!!! $1" "Why: $2" "Now: $3" >&2
    exit 1
}

# Whole seconds since the script began, for the summary of a stage.
clock() { date +%s; }

missing_packages() {
    local installed package
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "$package installed" <<<"$installed" || printf '%s\n' "$package"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}

# Installs what is missing of the packages named; asks nothing of apt when all are there.
need_packages() {
    command -v dpkg-query >/dev/null || refuse "This is not a Debian system." \
        "the set-up installs Debian's packages, and dpkg is not here" \
        "install these by hand, then run deploy/build: $*"
    local missing package log
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ] && ! { command -v sudo >/dev/null && sudo -v; }; then
        refuse "These packages are missing: ${missing[*]}" \
            "installing them needs root, and $(id -un) may not use sudo" \
            "as root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    fi
    log=$(mktemp)
    if ! apt update >"$log" 2>&1; then
        cat "$log" >&2
        say "The list of packages could not be renewed; going on with the one at hand."
    fi
    own_cluster_only begin
    if ! apt install -y --no-install-recommends "${missing[@]}" 2>&1 |
        tee "$log" | grep --line-buffered '^Setting up'; then
        tail -n 20 "$log" >&2
        for package in "${missing[@]}"; do
            apt install -y --no-install-recommends "$package" >"$log" 2>&1 && continue
            own_cluster_only end
            tail -n 5 "$log" >&2
            refuse "The package $package could not be installed." "apt-get said so just above" \
                "mend that, or install it by hand (apt-get install $package), then run this again"
        done
    fi
    own_cluster_only end
    rm -f "$log"
}

# PostgreSQL's package would start a server of its own on port 5432, which nobody asked for: Comptoir
# runs a private one. Told not to while we install it; a machine that has PostgreSQL is left as it is.
own_cluster_only() {
    local folder=/etc/postgresql-common/createcluster.d
    case $1 in
    begin)
        [ -z "$(missing_packages postgresql-common)" ] && return 0
        as_root mkdir -p "$folder"
        echo 'create_main_cluster = false' | as_root tee "$folder/comptoir.conf" >/dev/null
        ;;
    end) as_root rm -f "$folder/comptoir.conf" ;;
    esac
}

need_swift() {
    command -v swift >/dev/null || refuse "Swift is not on the PATH." \
        "Comptoir is built from source with Swift 6.3 or later" \
        "install it from swift.org for Debian 12, add its usr/bin to PATH, and run this again"
    local version
    version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | cut -d' ' -f3)
    case $version in
    [0-5].* | 6.[0-2]) refuse "Swift $version is too old." "the package needs Swift 6.3 or later" \
        "install it from swift.org for Debian 12, put it first on PATH, and run this again" ;;
    esac
}

# Lets through what a build says, but what it counts only every ten seconds.
paced() {
    local line last=-10 counted='^(\[[0-9]+/[0-9]+\]|Fetch|Comput|Creating working|Working copy)'
    while IFS= read -r line; do
        if [[ $line =~ $counted ]]; then
            [ $((SECONDS - last)) -ge 10 ] || continue
            last=$SECONDS
        fi
        printf '%s\n' "$line"
    done
}

# The newest source is older than the last build: nothing to do. (A folder counts, for what left it.)
is_built() {
    local stamp=.build/comptoir.$1
    [ -e "$stamp" ] && [ -x ".build/$1/comptoir" ] &&
        [ -z "$(find Package.swift Sources sql -newer "$stamp" -print -quit)" ]
}

# Builds the service, or with `--build-tests` the tests as well.
build() {
    local configuration=$1
    shift
    [ ! -e .build ] || [ -w .build ] || refuse "The folder .build is not yours." \
        "somebody else, perhaps root, built here before" \
        "run this as the same user, or give the folder back: chown -R $(id -un) .build"
    need_swift
    local memory jobs=() begun stamp
    memory=$(awk '/MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
    if [ "$memory" -lt 3000 ]; then
        say "Only $memory MB of memory are free: building one file at a time, which takes longer."
        jobs=(--jobs 1)
    fi
    if [ ! -x ".build/$configuration/comptoir" ]; then
        say "First build ($configuration): 4 to 10 minutes on two cores, and about 2 GB on the disk."
    fi
    begun=$(clock)
    stamp=$(mktemp)
    swift build -c "$configuration" "${jobs[@]}" "$@" 2>&1 | paced
    mv "$stamp" ".build/comptoir.$configuration"
    say "Built ($configuration) in $(($(clock) - begun)) s."
}
