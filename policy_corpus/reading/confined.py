"""Set limits on oneself, leave the network, and become another program: what runs before soffice and antiword.

Started by office.py as a script, `python confined.py LIMITS PROGRAM ARGUMENT...`; limits are inherited by whatever
the program starts. Standard library only.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def main(limits: dict[str, int], command: list[str]) -> None:
    """limits: memory_bytes, cpu_s, file_bytes. Does not return."""
    _leave_network()
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_s"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execv(command[0], command)  # noqa: S606  # no shell, and the program is one of two


def _leave_network() -> None:
    """Take an empty network of one's own, where the system lets us; where not, the program's settings must do."""
    try:
        unshare = ctypes.CDLL(None).unshare
    except (OSError, AttributeError):
        return
    if unshare(_CLONE_NEWNET) != 0:
        unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2:])
