"""Lock the file that the calling shell has open as descriptor 9: `lock.py now|wait VERB PID`.

The lock is the shell's: it ends when the shell and the commands it started have ended, in whatever way. Exit status: 0
locked, 1 another holds it. Runs on the standard library alone.
"""

import contextlib
import fcntl
import os
import signal
import sys

SHELL = 9


def main(mode: str, verb: str, pid: str) -> int:
    """Lock, or tell who holds the lock; with "wait" go on once it is free."""
    try:
        fcntl.flock(SHELL, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(SHELL, 200, 0).decode(errors="replace")
        if mode == "now":
            print(f"Một lệnh khác đang chạy ở đây ({holder}); hãy đợi lệnh đó xong rồi chạy lại.", file=sys.stderr)
            return 1
        print(f"Đang đợi một lệnh khác xong ({holder}).", file=sys.stderr)
        fcntl.flock(SHELL, fcntl.LOCK_EX)
    with contextlib.suppress(OSError):  # a full disk: the lock holds without the name
        os.ftruncate(SHELL, 0)
        os.pwrite(SHELL, f"{verb}, tiến trình {pid}".encode(), 0)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the shell tells of Ctrl+C
    sys.exit(main(*sys.argv[1:]))
