# Shared by the verbs: goes to the project's root and makes .venv hold what the verb needs. Sourced, not run.
#   set_up requirements.txt …   installs the locked packages of these files, once for each state of them
#   need_parts [--tests]        installs missing Debian packages where it may; says which are missing where it may not
set -eu
cd "$(dirname "$0")/.."
export NO_MKDOCS_2_WARNING=1 PIP_DISABLE_PIP_VERSION_CHECK=1
python=.venv/bin/python

say() { printf '%s\n' "$*" >&2; }

as_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install_packages() {
    say "Cài các gói hệ thống: $*"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

need_python() {
    if python3 -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return; fi
    if as_root; then install_packages python3 python3-venv; return; fi
    say "Cần Python 3.11 trở lên kèm venv; hãy cài: apt-get install python3 python3-venv"
    exit 3
}

set_up() {
    need_python
    stamp=$(cat "$@" | sha256sum | cut -d' ' -f1)
    marker=.venv/.installed-$(printf '%s' "$*" | tr -c 'a-z\n' '-')
    [ -x "$python" ] && "$python" -c '' 2>/dev/null || { say "Tạo môi trường Python .venv"; rm -rf .venv; python3 -m venv .venv; }
    [ "$(cat "$marker" 2>/dev/null)" = "$stamp" ] && return
    say "Cài các gói Python (chỉ lần đầu hoặc khi danh sách gói đổi)"
    for list in "$@"; do set -- "$@" -r "$list"; shift; done
    "$python" -m pip install -q --require-hashes "$@"
    printf '%s' "$stamp" >"$marker"
}

need_parts() {
    lacking=$(python3 scripts/proceedings/system.py "$@" | tr '\n' ' ')
    [ -z "${lacking% }" ] && return
    # shellcheck disable=SC2086 # a list of package names
    if as_root; then install_packages $lacking; return; fi
    say "Máy này còn thiếu; hãy nhờ quản trị cài: apt-get install ${lacking% }"
    return 3
}
