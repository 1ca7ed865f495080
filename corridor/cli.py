"""The domain from the command line: exit 0 fine, 1 shipped data broken or a finding of severity error, 2 wrong use."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from corridor.catalogue import read_catalogue, read_features
from corridor.errors import CorridorError


def list_layers(arguments: argparse.Namespace) -> int:
    """Print every layer of the catalogue, after its file has been checked against it."""
    layers = read_catalogue().values()
    for layer in layers:
        read_features(layer)
        if arguments.json:
            print(json.dumps(asdict(layer), ensure_ascii=False))
        else:
            print(f"{layer.id:10} {layer.features:5} features  ±{layer.accuracy_m:g} m  {layer.as_of}  {layer.title}")
    return 0


def command_line() -> argparse.ArgumentParser:
    """Return the parser of every subcommand."""
    parser = argparse.ArgumentParser(prog="corridor", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    layers = commands.add_parser("layers", help="list the shipped layers with licence, accuracy and date")
    layers.add_argument("--json", action="store_true", help="one JSON object per line")
    layers.set_defaults(run=list_layers)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parsed = command_line().parse_args(arguments)
    try:
        status: int = parsed.run(parsed)
    except CorridorError as error:
        print(f"corridor: {error}", file=sys.stderr)
        return 1
    return status
