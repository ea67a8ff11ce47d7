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
  local dir=$root/build/$1
  shift
  if [[ -t 2 ]]; then
    # Progress belongs to standard error; ninja shows one updated line where its standard output is a terminal.
    ninja -C "$dir" -j "$(nproc)" "$@" >&2 </dev/null 9>&- ||
      die "the build in $dir failed: see its output above"
  else
    quietly "the build in $dir failed" ninja -C "$dir" -j "$(nproc)" --quiet "$@" 9>&-
  fi
}
