# SPDX-License-Identifier: Apache-2.0
"""What the demonstration and the measurements print."""

import sys

from wire import Failure


def table(title, head, rows):
    """A table in the terminal; numbers to the right."""
    cells = [[("%.1f" % cell if isinstance(cell, float) else "-" if cell is None else str(cell)) for cell in row]
             for row in rows]
    widths = [max(len(row[column]) for row in [list(head)] + cells) for column in range(len(head))]
    right = [all(isinstance(row[column], (int, float)) or row[column] is None for row in rows)
             for column in range(len(head))]

    def line(row):
        return "  " + "  ".join(cell.rjust(width) if numeric else cell.ljust(width)
                                for cell, width, numeric in zip(row, widths, right)).rstrip()

    print("\n%s\n%s\n%s" % (title, line(head), line(["-" * width for width in widths])))
    for row in cells:
        print(line(row))
    sys.stdout.flush()


def check(what, condition, seen=None):
    if not condition:
        raise Failure("NOT as it should be: %s%s" % (what, "" if seen is None else " (%s)" % (seen,)))
    print("  as it should be: " + what, flush=True)


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def key(value):
    return "%08x" % value if isinstance(value, int) else "-"
