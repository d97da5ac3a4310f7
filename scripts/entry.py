"""How the command lines end: a person who stops one, and a machine that refuses something, get one sentence."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn

from proceedings.reports import visible

STOPPED = 130


def run(main: Callable[[], int]) -> NoReturn:
    """End the process with the status that `main` returns, 1 where the system refuses something, 130 after Ctrl+C."""
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        print(visible(f"Máy không đọc hoặc không ghi được{place} ({error.strerror or error}); "
                      "hãy xem quyền, tên tệp và chỗ trống trên đĩa rồi chạy lại."), file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu.", file=sys.stderr)
        status = STOPPED
    sys.exit(status)
