"""A reader's own file: read, explained and mended, with every fault a finding and every change accounted for."""
