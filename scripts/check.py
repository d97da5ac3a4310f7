"""Tell every problem of the documents as `path:line: what is wrong and what to do (rule)`.

Exit status: 0 nothing blocks, 1 something blocks, 2 wrong call.
"""

import argparse
import sys
from pathlib import Path

from proceedings import checks, settings
from proceedings.problems import blocking
from proceedings.reading import read_project

ROOT = Path(__file__).absolute().parent.parent


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Kiểm tra bộ tài liệu hội nghị.")
    parser.add_argument("--config-file", type=Path, default=ROOT / "mkdocs.yml", help="tệp mkdocs.yml cần kiểm tra")
    parser.add_argument("--final", action="store_true", help="kiểm tra cả những điều phải xong trước khi in chính thức")
    parser.add_argument("--list", action="store_true", help="in danh sách quy tắc")
    options = parser.parse_args()
    if options.list:
        for rule in checks.all_rules():
            print(f"{rule.id} [{rule.severity}]: {rule.text.splitlines()[0]}")
        return 0
    try:
        view = settings.load(options.config_file)
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    problems = checks.check(read_project(view), final=options.final)
    for problem in problems:
        print(problem)
    stopping = blocking(problems)
    print(f"{len(problems)} lỗi, trong đó {len(stopping)} lỗi phải sửa." if problems else "Không có lỗi.")
    return 1 if stopping else 0


if __name__ == "__main__":
    sys.exit(main())
