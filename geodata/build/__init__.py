"""How every layer in geodata/layers is made; `python -m geodata.build` runs it."""
