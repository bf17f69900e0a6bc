"""Turn the bytes of a file into a `Reading`: text, title, declared fields, attachment links, warnings.

`read_document` works in this process; `read_safely` does the same in a child process with limits on memory, time and
files, helped by the programs that a format needs, so that no file can take the service down.
"""

from policy_corpus.reading.assistance import read_safely
from policy_corpus.reading.dispatch import read_document
from policy_corpus.reading.limits import Limits
from policy_corpus.reading.sandbox import Sandbox

__all__ = ["Limits", "Sandbox", "read_document", "read_safely"]
