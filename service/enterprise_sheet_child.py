"""Read a spreadsheet in a process of its own, with limits: rows as JSON lines out of the bytes on stdin, `null` at the end.

Run as a script by `enterprise_files`, never imported: the reader of a damaged file may crash, hang or eat memory, and then
only this process ends. Imports nothing of ours, so that it starts at once.
"""

import datetime
import io
import json
import resource
import sys

CPU_S, MEMORY = 300, 3_000_000_000


def _cell(value: object) -> object:
    if isinstance(value, datetime.datetime):
        return {"t": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"d": value.isoformat()}
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def main() -> None:
    """The first sheet that is not empty, each row with its number as the spreadsheet shows it."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for number in range(len(book.sheet_names)):
        sheet = book.get_sheet_by_index(number)
        if not sheet.total_height:
            continue
        first, left = sheet.start or (0, 0)
        for row, cells in enumerate(sheet.iter_rows(), first + 1):
            json.dump([row, [None] * left + [_cell(cell) for cell in cells]], sys.stdout)
            sys.stdout.write("\n")
        break
    sys.stdout.write("null\n")


if __name__ == "__main__":
    main()
