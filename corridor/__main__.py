"""Run the command line: `python -m corridor`."""

from corridor.commands.cli import main

raise SystemExit(main())
