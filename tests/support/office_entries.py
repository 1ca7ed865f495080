"""What an office may write."""

KNOWN = frozenset({"route/tripp-rail", "crossing/margara-alican", "candidate/rail-araks"})
EVENT = {"kind": "event", "what": "Technical meeting held", "date": "2026-09-30", "source": "Own record"}
