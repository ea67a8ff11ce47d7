# Shared by the bash scripts of this folder, which source it: places, messages, set-up, configure, build.
# shellcheck shell=bash

# The root of the source tree, wherever the caller is and through whatever link it came.
root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")

# say TEXT: progress for a person, on standard error; standard output belongs to results.
say() { printf '%s\n' "$*" >&2; }

# die TEXT: an error in one line (what, where, what to do) and the exit status of an error.
die() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

# quietly WHAT COMMAND...: runs COMMAND; if it fails, shows what it printed and fails with WHAT as the error.
quietly() {
  local what=$1 output status=0
  shift
  output=$("$@" 2>&1 </dev/null) || status=$?
  if ((status != 0)); then
    printf '%s\n' "$output" >&2
    die "$what (status $status): see its output above"
  fi
}

# lock_build: one build of this tree at a time; held by descriptor 9 until unlock_build or the end of the script.
lock_build() {
  mkdir -p -- "$root/build" || die "cannot create $root/build: make the source tree writable"
  exec 9>"$root/build/.lock" || die "cannot write $root/build/.lock: make the build folder writable"
  if ! flock -n 9; then
    say "another build of this tree is running: waiting for it"
    flock 9
  fi
}
unlock_build() { exec 9>&-; }

# configure PRESET [CMAKE ARGS...]: configures build/PRESET; afresh if the tree was moved or copied from elsewhere.
configure() {
  local preset=$1 cache=$root/build/$1/CMakeCache.txt fresh=()
  shift
  if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
    fresh=(--fresh)
  fi
  quietly "configuring build/$preset failed" \
    env -C "$root" cmake "${fresh[@]}" --preset "$preset" "$@"
}

# cached PRESET VARIABLE: the value of a CMake variable of build/PRESET; empty if it is not configured.
cached() {
  local cache=$root/build/$1/CMakeCache.txt
  [[ ! -f $cache ]] || sed -n "s/^$2:[A-Z]*=//p" "$cache"
}

# configured PRESET: whether build/PRESET is ready for ninja and belongs to this place.
configured() {
  [[ -f $root/build/$1/build.ninja && $(cached "$1" CMAKE_HOME_DIRECTORY) == "$root" ]]
}

# build PRESET [TARGETS...]: on a terminal ninja's own progress line, else quiet unless it fails.
build() {
  local dir=$root/build/$1 start=$SECONDS
  shift
  if [[ -t 2 ]]; then
    # Progress belongs to standard error; ninja shows one updated line where its standard output is a terminal.
    ninja -C "$dir" -j "$(nproc)" "$@" >&2 </dev/null 9>&- ||
      die "the build in $dir failed: see its output above"
  else
    quietly "the build in $dir failed" ninja -C "$dir" -j "$(nproc)" --quiet "$@" 9>&-
  fi
  say "built in $((SECONDS - start)) s"
}

# usage FILE: the comment that opens a script, as its help.
usage() { sed -n '2,/^set /{s/^# \{0,1\}//p}' "$1"; }

# changed_files ALL PATTERN...: NUL-separated paths from the root that match git's PATTERNs: all of them if ALL is set, else
# those that differ from where this branch left its upstream: in commits, in the working tree, or as new files.
changed_files() {
  local all=$1 base upstream
  shift
  git -C "$root" rev-parse --git-dir >/dev/null 2>&1 ||
    die "$root is no git clone, and git tells the checks which files there are: clone it"
  if [[ -n $all ]] || ! base=$(git -C "$root" rev-parse --verify -q HEAD); then
    git -C "$root" ls-files -z --cached --others --exclude-standard -- "$@"
  else
    upstream=$(git -C "$root" rev-parse --verify -q '@{upstream}' 2>/dev/null ||
      git -C "$root" rev-parse --verify -q origin/main) || upstream=$base
    base=$(git -C "$root" merge-base HEAD "$upstream") || base=$upstream
    git -C "$root" diff -z --name-only --no-renames "$base" -- "$@"
    git -C "$root" ls-files -z --others --exclude-standard -- "$@"
  fi | while IFS= read -r -d '' path; do
    [[ ! -f $root/$path ]] || printf '%s\0' "$path"
  done
}

# parse_all ARGS...: the command line of a check that looks at changed files: sets `all` if --all is given.
parse_all() {
  all=
  case "$*" in
    '') ;;
    --all) all=1 ;;
    -h | --help) usage "$0" && exit 0 ;;
    *) die "unknown argument '$*': there is --all, for all files instead of the changed ones" ;;
  esac
}
