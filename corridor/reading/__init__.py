"""A reader's own file: read, explained and mended, every fault a finding, each change told; nothing is measured."""
