"""What reading one document may cost: in the child, in a conversion beside it, in recognising its pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_corpus.reading.office import OfficeLimits


@dataclass(frozen=True, slots=True)
class RecognitionLimits:
    """What recognising a page may cost its own child, and how many pages a document may have.

    Takes 0.9 GB, 2 GB of address space and 5 to 15 s of two cores for an A4 page.
    """

    memory_bytes: int = 3 * 1024**3
    cpu_s: int = 240
    wall_s: int = 120
    pages: int = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost the child, and after how many documents the child is replaced.

    memory_bytes: address space; parsers need 60 MB, 5 million characters of any format less than 180 MB,
    and with the parent beside it a whole load stays below 1 GB. office, recognition: what help beside it may cost.
    """

    memory_bytes: int = 512 * 1024 * 1024
    cpu_s: int = 20
    wall_s: int = 30
    documents_per_child: int = 200
    office: OfficeLimits = field(default_factory=OfficeLimits)
    recognition: RecognitionLimits = field(default_factory=RecognitionLimits)
