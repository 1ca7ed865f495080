"""Declaration Map: the Joint Declaration of 8 August 2025 read beside the land it speaks of."""

from corridor import offline as offline
