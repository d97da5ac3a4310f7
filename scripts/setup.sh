# Functions of the commands in scripts/: changes to the project's root and sets up .venv. Sourced, not executed.
#   need_parts [--print|--tests]  installs Python and these system packages if permitted, else reports missing ones
#   set_up requirements.txt …     installs the locked packages of these files, if the files have changed
#   lock now|wait                 locks .venv and site/ against other commands until this one ends in any way
#   step COMMAND …                runs a command that Ctrl+C stops without a message of the command
#   cannot_write NAME             exits with the remedy for a file or folder that is not writable
# Exit status of commands, other than that of the last step: 2 usage error, 3 missing prerequisites, 130 interrupted.
set -eu
CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." # resolves symlinks, for example from a git hook
export PIP_DISABLE_PIP_VERSION_CHECK=1
python=.venv/bin/python
base='' child=''

say() { printf '%s\n' "$*" >&2; }

give_up() {
    status=$1
    shift
    say "$@"
    exit "$status"
}

stop() {
    trap '' HUP INT TERM
    if [ "$child" ]; then { kill "$child"; wait "$child"; } 2>/dev/null || true; fi
    give_up 130 "Đã dừng theo yêu cầu; thư mục site không thay đổi, muốn làm tiếp thì chạy lại lệnh này."
}
trap stop HUP INT TERM

cannot_write() {
    give_up 3 "Không ghi được $1 trong thư mục của bộ tài liệu; hãy xem chỗ trống trên đĩa, hoặc nếu thư mục là của người" \
        "dùng khác (như khi lần trước chạy bằng sudo) thì nhờ quản trị chạy: chown -R $(id -un) '$PWD', rồi chạy lại."
}

step() {
    "$@" & # background jobs do not receive SIGINT from Ctrl+C
    child=$!
    wait "$child" 2>/dev/null || exit "$?" # suppresses the shell's "Terminated"
    child=''
}

lock() {
    [ ! -L .build.lock ] || rm -f .build.lock # a symlink's target would be overwritten
    if ! true 2>/dev/null >>.build.lock; then
        cannot_write .build.lock
    fi
    exec 9<>.build.lock
    "${base:-$python}" scripts/lock.py "$1" "$0" "$$" || exit 1
}

# --- System packages ----------------------------------------------------------------
as_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

find_python() {
    for base in python3 python3.13 python3.12 python3.11; do
        "$base" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    return 1
}

# Prints the Debian packages to install in one line; without Python, which could check them, all of them.
lacking_parts() {
    if find_python; then
        set -- ${1:+$("$base" scripts/proceedings/system/packages.py "$1")}
    else
        case ${1-} in --print) end="/^TESTS/q;" ;; *) end='' ;; esac
        set -- python3 python3-venv ${1:+$(sed -n "$end"' s/^ *Part("\([^"]*\)".*/\1/p' scripts/proceedings/system/packages.py)}
    fi
    echo "$*"
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    dpkg --configure -a && apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"
}

need_parts() {
    lacking=$(lacking_parts "$@")
    remedy="hãy nhờ quản trị cài"
    if [ "$lacking" ] && as_root; then
        say "Cài các gói hệ thống: $lacking"
        began=$(date +%s)
        # shellcheck disable=SC2086 # a list of package names
        if told=$(install_packages $lacking 2>&1 >/dev/null); then
            say "Đã cài xong ($(($(date +%s) - began)) giây)."
        else
            printf '%s\n' "$told" | tail -n 2 >&2
        fi
        remedy="chưa cài được, lý do ở trên; hãy xem mạng và chỗ trống trên đĩa rồi chạy"
        lacking=$(lacking_parts "$@")
    fi
    [ "$lacking" ] || return 0
    further=$(lacking_parts --tests)
    further=${further#"$lacking"}
    [ -z "$further" ] || say "Các lệnh khác (scripts/build, scripts/test) còn cần thêm:${further}"
    find_python || remedy="cần Python từ 3.11 kèm venv (đang có: $(python3 -V 2>/dev/null || echo "chưa có"); \
Debian 12, Ubuntu 24.04 trở lên có sẵn); $remedy"
    say "Máy này còn thiếu; $remedy: apt-get install $lacking"
    find_python || exit 3
    return 3
}

# --- Python packages ----------------------------------------------------------------
# Prints the checksum of the lists; fails if .venv is broken or belongs to another Python.
stamp() {
    "$python" -c 'import hashlib, pip, sys
print(hashlib.sha256(b"".join(open(name, "rb").read() for name in sys.argv[1:])).hexdigest(), end="")' "$@" 2>/dev/null
}

is_current() { [ ! -e .venv/.unfinished ] && now=$(stamp "$@") && [ "$now" = "$(cat "$marker" 2>/dev/null)" ]; }

set_up() {
    marker=.venv/.installed-$(printf '%s' "$*" | tr -c 'a-z\n' '-')
    ! is_current "$@" || return 0
    find_python || { need_parts && find_python; }
    lock wait
    is_current "$@" || install_lists "$@" # another command may have done it while waiting
    exec 9>&-
}

# The file .unfinished marks an environment that is being changed. If it was left behind, the environment is recreated.
install_lists() {
    fresh=''
    if [ -e .venv/.unfinished ] || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        ! "$python" -m pip --version >/dev/null 2>&1; then
        fresh=true
        say "Tạo môi trường Python .venv"
        told=$({ rm -rf .venv && mkdir .venv && true >.venv/.unfinished && "$base" -m venv .venv; } 2>&1) ||
            cannot_install "$told"
    fi
    say "Cài các gói Python (chỉ lần đầu hoặc khi danh sách gói đổi)"
    began=$(date +%s)
    told=$({ true >.venv/.unfinished && install_with_pip "$@" && stamp "$@" >"$marker"; } 2>&1) || {
        [ "$fresh" ] || rm -f .venv/.unfinished # pip has rolled back its changes
        cannot_install "$told"
    }
    rm .venv/.unfinished
    say "Đã cài xong ($(($(date +%s) - began)) giây)."
}

install_with_pip() {
    for list in "$@"; do set -- "$@" -r "$list"; shift; done
    "$python" -m pip install -q --require-hashes "$@"
}

cannot_install() {
    case $1 in
    *"No space left"* | *"quota exceeded"*) why="ổ đĩa đã đầy; hãy xóa bớt, cần chừng 500 MB," ;;
    *"ermission denied"* | *"Read-only file system"*)
        why="không được ghi vào thư mục này; hãy chép bộ tài liệu sang một thư mục của mình" ;;
    *"DO NOT MATCH THE HASHES"*) why="gói tải về không đúng mã kiểm, có thể hỏng trên đường; hãy xem nguồn gói" ;;
    *onnection* | *"name resolution"* | *unreachable* | *"timed out"* | *roxy* | *certificate* | *"No matching distribution"*)
        why="không tải được gói; hãy nối mạng, hoặc chỉ cho pip nguồn gói của cơ quan (PIP_INDEX_URL)," ;;
    *ensurepip*"returned non-zero"*) why="không tạo được .venv; hãy xem chỗ trống trên đĩa (cần chừng 500 MB)" ;; # without reason
    *) why="$(printf '%s\n' "$1" | tail -n 1); hãy nhờ quản trị xem" ;;
    esac
    give_up 3 "Chưa cài được môi trường Python: $why rồi chạy lại."
}
