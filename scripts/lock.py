"""Lock the file that the calling shell has open as descriptor 9: `lock.py now|wait VERB PID`.

The lock belongs to the shell and is released when it and its child processes have ended for any reason. Exit status:
0 locked, 1 locked by another process. Uses the standard library only.
"""

import contextlib
import fcntl
import os
import signal
import sys

SHELL = 9


def main(mode: str, verb: str, pid: str) -> int:
    """Acquire the lock, or report its owner; with "wait", wait until it is released."""
    try:
        fcntl.flock(SHELL, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(SHELL, 200, 0).decode(errors="replace")
        if mode == "now":
            print(f"Một lệnh khác đang chạy ở đây ({holder}); hãy đợi lệnh đó xong rồi chạy lại.", file=sys.stderr)
            return 1
        print(f"Đang đợi một lệnh khác xong ({holder}).", file=sys.stderr)
        fcntl.flock(SHELL, fcntl.LOCK_EX)
    with contextlib.suppress(OSError):  # disk full: the lock works without the owner's name
        os.ftruncate(SHELL, 0)
        os.pwrite(SHELL, f"{verb}, tiến trình {pid}".encode(), 0)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the shell reports the interruption
    sys.exit(main(*sys.argv[1:]))
